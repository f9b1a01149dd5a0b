using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Efi;

/// <summary>Memory, or registers, that EFI's services use while an operating system runs. A claim of the firmware's.</summary>
public readonly struct EfiRange
{
    public EfiRange(FrameRange frames, bool isCached)
    {
        Frames = frames;
        IsCached = isCached;
    }

    /// <summary>Where.</summary>
    public FrameRange Frames { get; }

    /// <summary>False for registers.</summary>
    public bool IsCached { get; }
}
