using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Which code has run, which is not counted: <see cref="Errno.OpNotSupp"/>.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.Coverage)]
public readonly struct SysctlCover : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        return Errno.OpNotSupp;
    }
}
