namespace Sharpen.Hypervisor.Dispatch;

/// <summary>Whether a CPU takes part, and what it was asked to do about that.</summary>
internal enum CpuPhase : uint
{
    /// <summary>It takes part, or has never been asked.</summary>
    Up,

    /// <summary>It is asked to go.</summary>
    Leaving,

    /// <summary>It has gone, and who asked does not know yet.</summary>
    Left,

    /// <summary>It is parked.</summary>
    Down,

    /// <summary>It is asked to come back.</summary>
    Coming,

    /// <summary>It has come, and who asked does not know yet.</summary>
    Came,
}
