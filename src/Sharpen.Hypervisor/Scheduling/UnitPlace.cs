namespace Sharpen.Hypervisor.Scheduling;

/// <summary>Where a unit stands with its run queue.</summary>
public enum UnitPlace : byte
{
    /// <summary>It belongs to no run queue.</summary>
    Away = 0,

    /// <summary>It belongs to a run queue and does not want to run.</summary>
    Asleep,

    /// <summary>It wants to run and waits for a CPU.</summary>
    Waiting,

    /// <summary>A CPU has it: its registers live there until that CPU asks for the next unit.</summary>
    Running,
}
