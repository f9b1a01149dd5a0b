using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>What became of an instruction, and the page fault that it ended in, if it did.</summary>
public readonly struct EmulationResult
{
    private const uint Write = 2;
    private const uint User = 4;
    private const uint Fetch = 16;

    /// <summary>What became of it.</summary>
    public readonly EmulationOutcome Outcome;

    /// <summary>For <see cref="EmulationOutcome.PageFault"/>: the error code, as from user mode.</summary>
    public readonly uint Error;

    /// <summary>For <see cref="EmulationOutcome.PageFault"/>: where.</summary>
    public readonly GuestLinear Address;

    private EmulationResult(EmulationOutcome outcome, uint error, GuestLinear address)
    {
        Outcome = outcome;
        Error = error;
        Address = address;
    }

    internal static EmulationResult Done => new(EmulationOutcome.Done, 0, default);

    internal static EmulationResult Unfinished => new(EmulationOutcome.Unfinished, 0, default);

    internal static EmulationResult Refused => new(EmulationOutcome.Refused, 0, default);

    internal static EmulationResult Undefined => new(EmulationOutcome.Undefined, 0, default);

    /// <summary>Done or refused.</summary>
    internal static EmulationResult If(bool isDone) => isDone ? Done : Refused;

    /// <summary>The instruction itself cannot be read.</summary>
    internal static EmulationResult CodeFault(GuestLinear address) => new(EmulationOutcome.PageFault, User | Fetch, address);

    /// <summary>Its operand cannot be read.</summary>
    internal static EmulationResult ReadFault(GuestLinear address) => new(EmulationOutcome.PageFault, User, address);

    /// <summary>Its operand cannot be written.</summary>
    internal static EmulationResult WriteFault(GuestLinear address) => new(EmulationOutcome.PageFault, User | Write, address);
}
