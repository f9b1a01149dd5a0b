namespace Sharpen.Toolstack.Config;

/// <summary>A screen, keyboard and mouse of a guest, shown by VNC. Source: xl.cfg(5): <c>vfb</c>.</summary>
public sealed record ScreenSpec
{
    /// <summary>The lowest port of VNC displays.</summary>
    public const int FirstPort = 5900;

    /// <summary>It is shown at all.</summary>
    public bool IsShown { get; init; } = true;

    /// <summary>The address that the display listens at.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The display's number, which is its port above <see cref="FirstPort"/>.</summary>
    public int Display { get; init; }

    /// <summary>If that is taken, the next that is free.</summary>
    public bool TakesNext { get; init; } = true;

    /// <summary>What viewers must know; empty: nothing.</summary>
    public string Password { get; init; } = "";

    /// <summary>The layout of the viewers' keyboards; empty: that of their keys' symbols.</summary>
    public string Keymap { get; init; } = "";
}
