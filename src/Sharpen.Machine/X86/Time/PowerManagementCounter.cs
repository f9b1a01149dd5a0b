using Sharpen.Machine.Io;

namespace Sharpen.Machine.Time;

/// <summary>The ACPI timer; its upper eight bits need not be there. Source: ACPI 6.4, 4.8.2.1.</summary>
internal readonly struct PowerManagementCounter(ushort port) : IReferenceCounter
{
    private readonly ushort _port = port;

    /// <inheritdoc/>
    public static uint Mask => 0xffffff;

    /// <inheritdoc/>
    public uint Read() => Port.In32(_port);
}
