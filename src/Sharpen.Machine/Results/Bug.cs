using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Results;

/// <summary>Stops the host when we erred: a state that correct code cannot reach.</summary>
public static class Bug
{
    /// <summary>Stops unless what must hold does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Unless(bool holds)
    {
        if (!holds)
        {
            Stop();
        }
    }

    /// <summary>Stops.</summary>
    public static void Stop() => throw null!;
}
