namespace Sharpen.Abi;

/// <summary><c>struct xenpf_enter_acpi_sleep</c>: the sleep state to enter. Source: <c>platform.h</c>.</summary>
public struct PlatformSleep : IAbiData
{
    /// <summary><c>val_a</c>: for the first control register</summary>
    public ushort ValueA;

    /// <summary><c>val_b</c>: for the second</summary>
    public ushort ValueB;

    /// <summary><c>sleep_state</c></summary>
    public uint State;

    /// <summary><c>flags</c></summary>
    public uint Flags;
}
