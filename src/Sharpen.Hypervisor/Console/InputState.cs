using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Console;

/// <summary>Where serial input goes, and what a guest has not read yet. Zero: everything is for the hypervisor.</summary>
internal struct InputState
{
    /// <summary>Bytes for the guest.</summary>
    internal Fixed256<byte> Waiting;

    /// <summary>The first of them.</summary>
    internal int First;

    /// <summary>How many there are.</summary>
    internal int Count;

    /// <summary>The control character that switches; 0 for Ctrl-A.</summary>
    internal byte SwitchKey;

    /// <summary>How often it has come in a row.</summary>
    internal byte Presses;

    /// <summary>There is a guest that reads input.</summary>
    internal bool HasGuest;

    /// <summary>Input goes to that guest now.</summary>
    internal bool IsGuests;
}
