using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>What a vCPU does, how long it has run, and where. <see cref="Errno.Inval"/>: no such vCPU.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetVcpuInfo, WritesBack = true)]
public readonly struct DomctlGetVcpu : IDomctl<DomctlVcpu>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlVcpu arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.Inval;
        }

        arguments.IsOnline = (vcpu.Halts & VcpuHalt.Down) == 0 ? (byte)1 : (byte)0;
        arguments.IsBlocked = (vcpu.Halts & ~VcpuHalt.Down) != 0 ? (byte)1 : (byte)0;
        arguments.IsRunning = vcpu.Unit.Place == UnitPlace.Running ? (byte)1 : (byte)0;
        arguments.CpuTime = vcpu.Runstates.Time(Runstate.Running, Clock.Now);
        arguments.Cpu = (uint)VcpuGlue.CpuOf(ref vcpu).Value;
        return 0;
    }
}
