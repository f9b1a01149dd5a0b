using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Sets or tells a domain's weight, where 0 leaves what it is, and its cap, the percentage of one CPU that all its vCPUs may use together, 0 for no cap.
/// <see cref="Errno.Inval"/>: not the scheduler in use, which has to be credit2, no such command, or a cap of more than its vCPUs can use.
/// </summary>
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
            arguments.Cap = (ushort)Math.Min(target.Cap.Percent, ushort.MaxValue);
            return 0;
        }

        if (arguments.Weight != 0)
        {
            VcpuGlue.SetWeight(ref target, arguments.Weight);
        }

        if (arguments.Cap > 100 * (uint)target.MostVcpus)
        {
            return Errno.Inval;
        }

        VcpuGlue.SetCap(ref target, arguments.Cap);

        return 0;
    }
}
