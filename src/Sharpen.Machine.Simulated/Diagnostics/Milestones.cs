namespace Sharpen.Machine.Diagnostics;

/// <summary>Moments that the benchmarks count instructions to; nobody counts here.</summary>
public static class Milestones
{
    /// <summary>Nothing to do.</summary>
    public static void ReadyToBuild()
    {
    }
}
