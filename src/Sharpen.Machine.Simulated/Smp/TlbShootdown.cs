namespace Sharpen.Machine.Smp;

/// <summary>Simulated CPUs cache no translations.</summary>
public static class TlbShootdown
{
    /// <summary>Nothing to do.</summary>
    public static void Everywhere()
    {
    }
}
