using System;

namespace Sharpen.Machine.Memory;

/// <summary>A frame's bytes while they can be reached here: through the direct map where it reaches, a window of this CPU otherwise.</summary>
/// <remarks>Safety: it is made from a hold and must be disposed before it; a span from it ends with it. The guest may write at the same
/// time: what is read is read once.</remarks>
public unsafe ref struct Mapped
{
    private byte* _start;
    private readonly bool _isWindow;

    private Mapped(Mfn frame)
    {
        _isWindow = !DirectMap.Reaches(frame);
        _start = _isWindow ? FrameWindow.Open(frame) : DirectMap.Pointer(frame.Start);
    }

    /// <summary>The bytes, to read and write.</summary>
    public readonly Span<byte> Bytes => new(_start, _start == null ? 0 : PageSize.Bytes);

    /// <summary>The same as words.</summary>
    public readonly Span<ulong> Words => new(_start, _start == null ? 0 : PageSize.Bytes / sizeof(ulong));

    /// <summary>Opens a frame that the guest itself may write.</summary>
    public static Mapped Open(scoped in FrameRef<Writable> frame) => new(frame.Mfn);

    /// <summary>Ends the view.</summary>
    public void Dispose()
    {
        if (_isWindow && _start != null)
        {
            FrameWindow.Close(_start);
        }

        _start = null;
    }
}
