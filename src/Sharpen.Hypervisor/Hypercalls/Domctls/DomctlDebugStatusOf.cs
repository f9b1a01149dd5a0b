using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>What a debugger waits for: whether the domain is paused. No vCPU stops by itself for one.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GdbsxDomstatus, WritesBack = true)]
public readonly struct DomctlDebugStatusOf : IDomctl<DomctlDebugStatus>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlDebugStatus arguments)
    {
        arguments.IsPaused = target.PauseCount != 0 ? (byte)1 : (byte)0;
        arguments.Vcpu = uint.MaxValue;
        arguments.Event = 0;
        return 0;
    }
}
