namespace Sharpen.Machine.Memory;

/// <summary>Wipes memory before somebody else gets it.</summary>
internal static unsafe class Scrubber
{
    /// <summary>Clears frames that the caller owns.</summary>
    internal static void Clear(FrameRange frames)
    {
        if (frames.End.Value <= AddressSpace.DirectMapFrames)
        {
            PageFill.Clear(DirectMap.Pointer(frames.First.Start), frames.Frames << PageSize.Shift);
            return;
        }

        for (ulong frame = 0; frame < frames.Frames; frame++)
        {
            byte* window = FrameWindow.Open(frames.First + frame);
            PageFill.Clear(window, PageSize.Bytes);
            FrameWindow.Close(window);
        }
    }
}
