using System.Globalization;

namespace Sharpen.Xen.Native;

/// <summary>How many characters a terminal shows; both 0 where nobody said. Source: <c>TIOCGWINSZ</c>, ioctl_tty(2).</summary>
/// <param name="Rows">Lines.</param>
/// <param name="Columns">Characters in a line.</param>
public readonly unsafe record struct TerminalSize(ushort Rows, ushort Columns)
{
    private const uint GetRequest = 0x5413;
    private const uint SetRequest = 0x5414;

    /// <summary>Whether somebody said it.</summary>
    public bool IsKnown => Rows > 0 && Columns > 0;

    /// <summary>That of a terminal, by its descriptor; not known of what is none.</summary>
    public static TerminalSize Of(int descriptor)
    {
        // Behind these the size in points.
        ushort* size = stackalloc ushort[4];
        return Libc.Control(descriptor, GetRequest, size) >= 0 ? new TerminalSize(size[0], size[1]) : default;
    }

    /// <summary>Gives it to a terminal, by its descriptor; who runs on it is told by a signal.</summary>
    public void Set(int descriptor)
    {
        ushort* size = stackalloc ushort[4] { Rows, Columns, 0, 0 };
        _ = Libc.Control(descriptor, SetRequest, size);
    }

    /// <summary>As <c>stty size</c> prints it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows} {Columns}");
}
