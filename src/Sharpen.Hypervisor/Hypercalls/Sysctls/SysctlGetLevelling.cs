using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>How CPUID can be made to say less to user code of PV guests: not at all.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.GetLevellingCaps, WritesBack = true)]
public readonly struct SysctlGetLevelling : IHypercall<SysctlLevelling>
{
    public static Answer Execute(ref Vcpu caller, ref SysctlLevelling arguments)
    {
        arguments.Capabilities = 0;
        return 0;
    }
}
