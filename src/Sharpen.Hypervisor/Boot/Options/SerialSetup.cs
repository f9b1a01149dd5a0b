namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>How the first serial port is set up (<c>com1=</c>). Zero: as the hypervisor does by itself.</summary>
public struct SerialSetup
{
    /// <summary>Bits per second; 0 when not given.</summary>
    public uint Baud;

    /// <summary>The first port; 0 when not given.</summary>
    public ushort PortBase;

    /// <summary>Leave the speed as it is.</summary>
    public bool IsAuto;
}
