namespace Sharpen.Hypervisor.Scheduling;

/// <summary>The policies that the command line's <c>sched=</c> can name.</summary>
public enum SchedulerKind : byte
{
    /// <summary><c>credit2</c>: shares by weight, CPUs shared freely. The default.</summary>
    Credit2 = 0,

    /// <summary><c>null</c>: each vCPU has a CPU of its own; the surplus waits.</summary>
    Null,
}
