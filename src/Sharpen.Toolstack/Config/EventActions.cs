using System;

namespace Sharpen.Toolstack.Config;

/// <summary>The words for <see cref="EventAction"/>.</summary>
public static class EventActions
{
    private static readonly string[] s_words =
        ["destroy", "restart", "rename-restart", "preserve", "coredump-destroy", "coredump-restart", "soft-reset"];

    /// <summary>All words, as a message lists them.</summary>
    public static string Words => string.Join(", ", s_words);

    /// <summary>The word for an action.</summary>
    public static string Word(EventAction action) => s_words[(int)action];

    /// <summary>The action of a word.</summary>
    public static bool TryParse(string word, out EventAction action)
    {
        int index = Array.IndexOf(s_words, word);
        action = index < 0 ? EventAction.Destroy : (EventAction)index;
        return index >= 0;
    }
}
