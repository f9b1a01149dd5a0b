namespace Sharpen.Machine.Interrupts;

/// <summary>There is none here.</summary>
public static class LegacyPic
{
    /// <summary>Nothing to do.</summary>
    public static void Silence()
    {
    }
}
