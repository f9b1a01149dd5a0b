using System;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>The bytes of one instruction, read once each: no more than a CPU takes, and from the next page only when the decoder gets there.</summary>
internal struct CodeWindow
{
    /// <summary>The most bytes that an instruction has. Source: AMD APM volume 3, section 1.2.</summary>
    internal const int Longest = 15;

    private readonly GuestLinear _start;
    private Fixed16<byte> _bytes;
    private int _loaded;

    /// <summary>Looks at the code from an address on; any address.</summary>
    internal CodeWindow(GuestLinear start)
    {
        _start = start;
        _bytes = default;
        _loaded = 0;
        Position = 0;
        IsUnreadable = false;
    }

    /// <summary>How many bytes were taken.</summary>
    internal int Position { get; private set; }

    /// <summary>True when a byte was wanted that cannot be read.</summary>
    internal bool IsUnreadable { get; private set; }

    /// <summary>The first address that could not be read.</summary>
    internal readonly GuestLinear Unreadable => _start + (ulong)(uint)_loaded;

    /// <summary>The next byte. False: there are too many, or it cannot be read.</summary>
    internal bool TryTake(out byte value)
    {
        value = 0;
        if (Position == Longest || (Position == _loaded && !Load()))
        {
            return false;
        }

        value = _bytes[Position++];
        return true;
    }

    /// <summary>The next bytes as a number, sign-extended.</summary>
    /// <param name="bytes">1, 2, 4 or 8; 0 takes nothing, and the number is 0.</param>
    /// <param name="value">The number.</param>
    internal bool TryTake(int bytes, out ulong value)
    {
        value = 0;
        if (bytes == 0)
        {
            return true;
        }

        for (int index = 0; index < bytes; index++)
        {
            if (!TryTake(out byte next))
            {
                return false;
            }

            value |= (ulong)next << (8 * index);
        }

        int unused = 64 - (8 * bytes);
        value = unchecked((ulong)((long)(value << unused) >> unused));
        return true;
    }

    private bool Load()
    {
        GuestLinear next = Unreadable;
        int restOfPage = PageSize.Bytes - (int)(next.Value & PageSize.OffsetMask);
        int count = Math.Min(restOfPage, Longest - _loaded);
        if (!GuestMemory.ReadBytes(next, _bytes.Span.Slice(_loaded, count)).Try(out _))
        {
            IsUnreadable = true;
            return false;
        }

        _loaded += count;
        return true;
    }
}
