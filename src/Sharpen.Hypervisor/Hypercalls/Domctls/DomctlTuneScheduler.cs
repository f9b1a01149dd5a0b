using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Sets or tells a domain's weight, which credit2 can be asked; 0 leaves it. There are no caps. <see cref="Errno.Inval"/>: not the scheduler in use, or no such command; <see cref="Errno.OpNotSupp"/>: a cap.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SchedulerOp, WritesBack = true)]
public readonly struct DomctlTuneScheduler : IDomctl<DomctlScheduler>
{
    private const uint Put = 0;
    private const uint Get = 1;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlScheduler arguments)
    {
        if (arguments.Scheduler != SchedulerNumbers.Current || Dispatcher.Kind != SchedulerKind.Credit2 || arguments.Command > Get)
        {
            return Errno.Inval;
        }

        if (arguments.Command == Get)
        {
            arguments.Weight = (ushort)Math.Clamp(target.Weight, 0, ushort.MaxValue);
            arguments.Cap = 0;
            return 0;
        }

        if (arguments.Cap != 0)
        {
            return Errno.OpNotSupp;
        }

        if (arguments.Weight != 0)
        {
            VcpuGlue.SetWeight(ref target, arguments.Weight);
        }

        return 0;
    }
}
