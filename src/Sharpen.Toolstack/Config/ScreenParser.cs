using System.Collections.Generic;
using System.Globalization;

namespace Sharpen.Toolstack.Config;

/// <summary>Understands a screen: <c>vnc=1,vnclisten=0.0.0.0,vncdisplay=3</c>. Source: xl.cfg(5).</summary>
public static class ScreenParser
{
    private const int MostDisplay = 65535 - ScreenSpec.FirstPort;

    // QEMU's authentication of VNC looks at no more.
    private const int MostPassword = 8;

    private static readonly string[] s_words =
        ["vnc", "vnclisten", "vncdisplay", "vncunused", "vncpasswd", "sdl", "opengl", "display", "xauthority", "keymap", "type"];

    /// <summary>The words that a configuration may have as keys too.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["vnc", "vnclisten", "vncdisplay", "vncunused", "vncpasswd", "sdl", "keymap"];

    /// <summary>Understands a screen.</summary>
    /// <param name="problem">What is wrong; empty when nothing is.</param>
    /// <returns>Null when it cannot be understood.</returns>
    public static ScreenSpec? Parse(string text, out string problem) =>
        SpecWords.Split(text, "a screen", s_words, out problem) is { } words ? Build(words, out problem) : null;

    private static ScreenSpec? Build(Dictionary<string, string> words, out string problem)
    {
        string listen = words.GetValueOrDefault("vnclisten", "127.0.0.1");
        int colon = listen.LastIndexOf(':');
        bool hasDisplay = colon >= 0 && !listen.EndsWith(']');
        string display = hasDisplay ? listen[(colon + 1)..] : words.GetValueOrDefault("vncdisplay", "0");
        string password = words.GetValueOrDefault("vncpasswd", "");
        int? number = Number(display);
        problem = "";
        if (words.GetValueOrDefault("sdl", "0") is not "0")
        {
            problem = "this toolstack shows screens by VNC, not by SDL: write vnc=1";
        }
        else if (hasDisplay && words.ContainsKey("vncdisplay"))
        {
            problem = "vnclisten has a display's number already: leave vncdisplay= out";
        }
        else if (number is null)
        {
            problem = $"'{display}' is no display's number: write one from 0 to {MostDisplay}";
        }
        else if (password.Length > MostPassword)
        {
            problem = $"a VNC password has at most {MostPassword} characters: shorten it";
        }

        return problem.Length > 0 || number is null ? null : new ScreenSpec
        {
            IsShown = words.GetValueOrDefault("vnc", "1") is not "0",
            Address = hasDisplay ? listen[..colon] : listen,
            Display = number.Value,
            TakesNext = words.GetValueOrDefault("vncunused", "1") is not "0",
            Password = password,
            Keymap = words.GetValueOrDefault("keymap", ""),
        };
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MostDisplay ? number : null;
}
