using Line = Sharpen.Machine.Collections.Fixed8<ulong>;

namespace Sharpen.Machine.Memory;

/// <summary>Clears and copies whole pages.</summary>
internal static unsafe class PageFill
{
    /// <summary>Clears a number of bytes that is a multiple of a page.</summary>
    /// <remarks>Safety: the caller owns the memory.</remarks>
    internal static void Clear(byte* start, ulong bytes)
    {
        Line* line = (Line*)start;
        for (Line* end = (Line*)(start + bytes); line < end; line += 4)
        {
            line[0] = default;
            line[1] = default;
            line[2] = default;
            line[3] = default;
        }
    }

    /// <summary>Sets every bit of a number of bytes that is a multiple of a page.</summary>
    /// <remarks>Safety: the caller owns the memory.</remarks>
    internal static void Set(byte* start, ulong bytes)
    {
        Line ones = default;
        ones.Span.Fill(ulong.MaxValue);
        Line* line = (Line*)start;
        for (Line* end = (Line*)(start + bytes); line < end; line++)
        {
            *line = ones;
        }
    }

    /// <summary>Copies one page.</summary>
    /// <remarks>Safety: the caller owns both, and they do not overlap.</remarks>
    internal static void Copy(byte* from, byte* to)
    {
        Line* source = (Line*)from;
        Line* target = (Line*)to;
        for (int line = 0; line < PageSize.Bytes / 64; line += 2)
        {
            target[line] = source[line];
            target[line + 1] = source[line + 1];
        }
    }
}
