using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Screens: a frame buffer, a keyboard and a mouse, which QEMU shows by VNC. It shows one of a domain. Source: <c>io/fbif.h</c>,
/// <c>io/kbdif.h</c>, qemu(1).</summary>
public static class Screens
{
    /// <summary>The most that QEMU is asked to look on for a display that is free.</summary>
    private const int MostNext = 99;

    // TCP_LISTEN, as /proc/net/tcp shows it.
    private const string Listening = "0A";

    /// <summary>Makes the nodes of screens, before QEMU is started.</summary>
    /// <param name="store">The store.</param>
    /// <param name="domain">Their domain.</param>
    /// <param name="screens">All of them.</param>
    /// <param name="shown">The one that QEMU shows, with the display that it gets; null for none.</param>
    public static void Write(StoreClient store, DomainId domain, IReadOnlyList<ScreenSpec> screens, ScreenSpec? shown)
    {
        for (int number = 0; number < screens.Count; number++)
        {
            var screen = screens[number];
            DeviceNodes.Write(store, new DevicePaths("vfb", domain, number, new DomainId(0)), [],
            [
                new("vnc", screen.IsShown ? "1" : "0"), new("vnclisten", screen.Address), new("vncdisplay", Text(screen.Display)),
                new("vncunused", screen.TakesNext ? "1" : "0"), new("sdl", "0"), new("opengl", "0"),
            ]);
            DeviceNodes.Write(store, new DevicePaths("vkbd", domain, number, new DomainId(0)), [], []);
        }

        if (shown is not null)
        {
            store.Write($"/local/domain/{domain.Value}/console/vnc-listen", shown.Address);
            store.Write($"/local/domain/{domain.Value}/console/vnc-port", Text(ScreenSpec.FirstPort + shown.Display));
        }
    }

    /// <summary>The screen that QEMU shows, with a display that is free now.</summary>
    /// <returns>Null when none is to be shown.</returns>
    /// <exception cref="DeviceException">Its display is taken.</exception>
    public static ScreenSpec? Choose(IReadOnlyList<ScreenSpec> screens)
    {
        if (screens.FirstOrDefault(static screen => screen.IsShown) is not { } screen)
        {
            return null;
        }

        var taken = Taken();
        for (int display = screen.Display; display <= screen.Display + (screen.TakesNext ? MostNext : 0); display++)
        {
            if (!taken.Contains(ScreenSpec.FirstPort + display))
            {
                return screen with { Display = display };
            }
        }

        throw new DeviceException($"the port of VNC display {screen.Display}, {ScreenSpec.FirstPort + screen.Display}, is taken: choose another by vncdisplay=");
    }

    /// <summary>Whether a screen is shown; one that is not to be always is as it should be.</summary>
    public static bool IsReady(ScreenSpec? shown) => shown is null || Taken().Contains(ScreenSpec.FirstPort + shown.Display);

    /// <summary>What QEMU is told of it on its command line. The password, if there is one, is its standard input.</summary>
    public static IReadOnlyList<string> Arguments(ScreenSpec? shown)
    {
        if (shown is null)
        {
            return [];
        }

        string display = $"{shown.Address}:{shown.Display}";
        List<string> arguments = shown.Password.Length == 0 ? ["-vnc", display]
            : ["-object", "secret,id=vnc,file=/proc/self/fd/0", "-vnc", $"{display},password-secret=vnc"];
        if (shown.Keymap.Length > 0)
        {
            arguments.AddRange(["-k", shown.Keymap]);
        }

        return arguments;
    }

    /// <summary>The port at which a line of <c>/proc/net/tcp</c> says that somebody listens; null when it says something else.</summary>
    public static int? PortOf(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 3 && words[3] == Listening && words[1].LastIndexOf(':') is var colon and >= 0 &&
            int.TryParse(words[1].AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int port) ? port : null;
    }

    private static HashSet<int> Taken() =>
        [.. new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines).Select(PortOf).OfType<int>()];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
