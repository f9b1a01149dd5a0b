namespace Sharpen.Machine.Memory;

/// <summary>Addresses at which the pretend processor itself does something.</summary>
internal static class ReservedAddresses
{
    /// <summary>The one page that stands for them.</summary>
    internal static Mfn Page => new(0xfee00);

    /// <summary>No guest may reach it.</summary>
    internal static void Withhold() => DeviceFrames.Withhold(new FrameRange(Page, 1), DeviceAccess.None);
}
