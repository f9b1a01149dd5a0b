using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Hypercalls.Domctls;
using Sharpen.Hypervisor.Scheduling;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>How long a vCPU runs at least, which credit2 can be asked. <see cref="Errno.Srch"/>: no such pool; <see cref="Errno.Inval"/>: not its scheduler, or no such command or time; <see cref="Errno.OpNotSupp"/>: to change it.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.Scheduler, WritesBack = true)]
public readonly struct SysctlTuneScheduler : IHypercall<SysctlSchedulerParameters>
{
    private const uint Put = 0;
    private const uint Get = 1;
    private const uint Least = 100;
    private const uint Most = 500_000;
    private const ulong NanosecondsPerMicrosecond = 1000;

    public static Answer Execute(ref Vcpu caller, ref SysctlSchedulerParameters arguments)
    {
        if (arguments.Pool != 0)
        {
            return Errno.Srch;
        }

        if (arguments.Scheduler != SchedulerNumbers.Current || Dispatcher.Kind != SchedulerKind.Credit2)
        {
            return Errno.Inval;
        }

        uint now = (uint)Math.Min(Dispatcher.RateLimit.Nanoseconds / NanosecondsPerMicrosecond, uint.MaxValue);
        switch (arguments.Command)
        {
            case Get:
                arguments.RateLimit = now;
                return 0;
            case Put when arguments.RateLimit != 0 && arguments.RateLimit is < Least or > Most:
                return Errno.Inval;
            case Put:
                return arguments.RateLimit == now ? 0 : Errno.OpNotSupp;
            default:
                return Errno.Inval;
        }
    }
}
