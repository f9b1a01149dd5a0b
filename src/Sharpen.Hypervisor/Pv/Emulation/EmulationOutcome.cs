namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>What became of an instruction that the CPU refused.</summary>
public enum EmulationOutcome
{
    /// <summary>It is done, and the guest goes on behind it.</summary>
    Done,

    /// <summary>Part of it is done; the guest executes it again for the rest.</summary>
    Unfinished,

    /// <summary>It is nothing that the guest may do: its exception is its kernel's business. Nothing has changed.</summary>
    Refused,

    /// <summary>The guest gets an exception for an undefined instruction instead. Nothing has changed.</summary>
    Undefined,

    /// <summary>The guest gets a page fault instead. Nothing has changed but what was done before.</summary>
    PageFault,
}
