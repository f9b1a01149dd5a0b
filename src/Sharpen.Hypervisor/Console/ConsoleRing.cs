using System;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Console;

/// <summary>The last text of the console, in memory. Positions count bytes since the start of the host and wrap at 2^32.</summary>
/// <remarks>The caller holds the console's lock. Shape of reading: XEN_SYSCTL_readconsole of public/sysctl.h.</remarks>
public struct ConsoleRing
{
    /// <summary>How much text is kept, in bytes; a power of two.</summary>
    public const int Capacity = Fixed32768<byte>.Length;

    private Fixed32768<byte> _bytes;

    /// <summary>Where the next byte goes.</summary>
    public uint Producer { get; private set; }

    /// <summary>The oldest byte that a reader is shown.</summary>
    public uint Consumer { get; private set; }

    /// <summary>The oldest byte that is still there.</summary>
    public readonly uint Oldest => unchecked(Producer - Consumer) > Capacity ? unchecked(Producer - Capacity) : Consumer;

    /// <summary>Appends; the oldest text makes room.</summary>
    public void Append(scoped ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            _bytes[Slot(Producer)] = value;
            Producer = unchecked(Producer + 1);
        }

        Consumer = Oldest;
    }

    /// <summary>The byte at a position between <see cref="Oldest"/> and <see cref="Producer"/>.</summary>
    public readonly byte At(uint position) => _bytes.ReadOnly[Slot(position)];

    /// <summary>A position moved up to what is still there, and down to what has been written.</summary>
    public readonly uint Clamp(uint position)
    {
        uint behind = unchecked(Producer - position);
        uint kept = unchecked(Producer - Oldest);
        return behind <= kept ? position : unchecked((int)behind) < 0 ? Producer : Oldest;
    }

    /// <summary>Copies text from a position on and moves the position past it.</summary>
    /// <returns>Bytes copied; 0 when there is nothing new.</returns>
    public readonly int Read(ref uint position, scoped Span<byte> destination)
    {
        position = Clamp(position);
        int count = 0;
        while (count < destination.Length && position != Producer)
        {
            destination[count++] = At(position);
            position = unchecked(position + 1);
        }

        return count;
    }

    /// <summary>Hides what has been written so far from readers that start at the beginning (<c>xl dmesg -c</c>).</summary>
    public void Clear() => Consumer = Producer;

    private static int Slot(uint position) => (int)(position & (Capacity - 1));
}
