namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>How the first serial port is set up (<c>com1=</c>). Zero: as the hypervisor does by itself.</summary>
public struct SerialSetup
{
    /// <summary>Bits per second; 0 when not given.</summary>
    public uint Baud;

    /// <summary>The first port; 0 when not given.</summary>
    public ushort PortBase;

    /// <summary>The ISA interrupt that PCs give a port at this base: 3 for the second and fourth, 4 for the others.</summary>
    public readonly byte IsaInterrupt => PortBase is 0x2f8 or 0x2e8 ? (byte)3 : (byte)4;

    /// <summary>Leave the speed as it is.</summary>
    public bool IsAuto;
}
