namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>Which scheduler (<c>sched=</c>).</summary>
public enum SchedulerChoice : byte
{
    /// <summary>Shares by weight.</summary>
    Credit2,

    /// <summary>A CPU for each vCPU.</summary>
    Null,
}
