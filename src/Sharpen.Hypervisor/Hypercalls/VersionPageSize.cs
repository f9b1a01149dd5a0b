using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Answers the bytes of a page.</summary>
[Hypercall(Hypercall.XenVersion, VersionCommand.PageSize)]
public readonly struct VersionPageSize : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => Machine.Memory.PageSize.Bytes;
}
