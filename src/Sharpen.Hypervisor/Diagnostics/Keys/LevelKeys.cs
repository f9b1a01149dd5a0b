using Sharpen.Hypervisor.Console;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Diagnostics.Keys;

/// <summary>Changes which messages are printed, by keys.</summary>
internal static class LevelKeys
{
    /// <summary><c>+</c> and <c>-</c> change a threshold, <c>G</c> chooses which.</summary>
    internal static void Press(byte key)
    {
        ref State state = ref Root.Of<State>();
        LogLevels levels = HostConsole.Levels;
        if (key == (byte)'G')
        {
            state.ChangesGuests = !state.ChangesGuests;
        }
        else if (state.ChangesGuests)
        {
            levels.Guest = Moved(levels.Guest, key);
        }
        else
        {
            levels.Host = Moved(levels.Host, key);
        }

        HostConsole.SetLevels(levels.Host, levels.Guest);
        Log.Report($"{(state.ChangesGuests ? "guests' messages up to" : "messages up to")} {NameOf(state.ChangesGuests ? levels.Guest : levels.Host)}");
    }

    private static LogLevel Moved(LogLevel level, byte key) =>
        key == (byte)'+' ? (level < LogLevel.Debug ? level + 1 : level) : (level > LogLevel.None ? level - 1 : level);

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.None => "none",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Info => "info",
        _ => "debug",
    };

    private struct State
    {
        internal bool ChangesGuests;
    }
}
