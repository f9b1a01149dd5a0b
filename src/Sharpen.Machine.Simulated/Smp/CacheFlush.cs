namespace Sharpen.Machine.Smp;

/// <summary>Simulated CPUs have no caches.</summary>
internal static class CacheFlush
{
    /// <summary>Nothing to do.</summary>
    internal static void Here()
    {
    }

    /// <summary>Nothing to do.</summary>
    internal static void Elsewhere()
    {
    }
}
