using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Hypercalls.Domctls;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Which scheduler the host uses.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.SchedulerId, WritesBack = true)]
public readonly struct SysctlGetSchedulerId : IHypercall<SysctlSchedulerId>
{
    public static Answer Execute(ref Vcpu caller, ref SysctlSchedulerId arguments)
    {
        arguments.Scheduler = SchedulerNumbers.Current;
        return 0;
    }
}
