using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Not here, and not in Debian's Xen: answers <see cref="Errno.OpNotSupp"/>.</summary>
[Hypercall(Hypercall.XenPmuOp)]
public readonly struct NotSupported : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => Errno.OpNotSupp;
}
