using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Boot.Loader;

/// <summary>The screen as the loader left it.</summary>
public readonly struct BootScreen
{
    /// <summary>A screen.</summary>
    public BootScreen(BootScreenKind kind, MachineAddress address, uint pitch, uint width, uint height, byte bitsPerPixel)
    {
        Kind = kind;
        Address = address;
        Pitch = pitch;
        Width = width;
        Height = height;
        BitsPerPixel = bitsPerPixel;
    }

    /// <summary>Which kind; nothing else means anything when it is <see cref="BootScreenKind.Unknown"/>.</summary>
    public BootScreenKind Kind { get; }

    /// <summary>Where the picture begins.</summary>
    public MachineAddress Address { get; }

    /// <summary>Bytes from one line to the next.</summary>
    public uint Pitch { get; }

    /// <summary>Pixels or characters in a line.</summary>
    public uint Width { get; }

    /// <summary>Lines.</summary>
    public uint Height { get; }

    /// <summary>Bits for a pixel or character.</summary>
    public byte BitsPerPixel { get; }
}
