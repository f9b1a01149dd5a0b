using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Scheduling;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>What schedulers are called in the toolstack's interface. Source: <c>domctl.h</c>, <c>XEN_SCHEDULER_*</c>.</summary>
internal static class SchedulerNumbers
{
    private const uint Credit2 = 6;
    private const uint Null = 9;

    /// <summary>The one in use.</summary>
    internal static uint Current => Dispatcher.Kind == SchedulerKind.Null ? Null : Credit2;
}
