using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Console;

/// <summary>All state of the console. Zero: default levels, nothing written, no port.</summary>
internal struct ConsoleState
{
    /// <summary>Guards everything below but <see cref="Levels"/>.</summary>
    internal SpinLock<ConsoleRank> Lock;

    /// <summary>Thresholds; set once by the command line.</summary>
    internal LogLevels Levels;

    /// <summary>The text that is kept for readers: the host's own lines, and what domains write line by line.</summary>
    internal ConsoleRing Ring;

    /// <summary>What goes to the port: the same, and what the hardware domain writes as it likes.</summary>
    internal ConsoleRing Output;

    /// <summary>The position in <see cref="Output"/> of the first byte that the port has not taken.</summary>
    internal uint SerialNext;

    /// <summary>The hardware domain's text is kept for readers, too (<c>console_to_ring</c>).</summary>
    internal bool KeepsRaw;

    /// <summary>Something has been kept since <see cref="HostConsole.TakeNews"/> was last asked.</summary>
    internal bool HasNews;

    /// <summary>A port answered; without one there is only the ring.</summary>
    internal bool HasPort;

    /// <summary>Lines do not wait for the port; <see cref="HostConsole.Poll"/> gives it the rest.</summary>
    internal bool IsAsynchronous;

    /// <summary>The port's interrupt will tell when it takes more.</summary>
    internal bool AwaitsInterrupt;

    /// <summary>The port stopped taking bytes while we waited: it is offered bytes, not waited for, until it takes some again.</summary>
    internal bool IsStuck;

    /// <summary>A panic: nobody takes the lock any more.</summary>
    internal bool IsPanicking;

    /// <summary>The CPU, plus one, that may write although another holds the lock for it; 0 for none.</summary>
    internal uint LentTo;

    /// <summary>Where serial input goes.</summary>
    internal InputState Input;

    /// <summary>The limit of lines that guests cause, all together.</summary>
    internal RateLimit GuestLines;
}
