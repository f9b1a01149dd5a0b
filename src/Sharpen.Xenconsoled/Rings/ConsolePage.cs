using System;
using Sharpen.Xen.Native;

namespace Sharpen.Xenconsoled.Rings;

/// <summary>
/// The page that a guest and this daemon share: what is typed and what the guest says. The guest may write anything to it at any time.
/// Source: <c>struct xencons_interface</c>, <c>io/console.h</c>.
/// </summary>
public sealed class ConsolePage(MappedMemory memory)
{
    /// <summary>Bytes of the ring of what is typed.</summary>
    public const int InputSize = 1024;

    /// <summary>Bytes of the ring of what the guest says.</summary>
    public const int OutputSize = 2048;

    private const int InputTaken = 3072;
    private const int InputPut = 3076;
    private const int OutputTaken = 3080;
    private const int OutputPut = 3084;

    /// <summary>How many typed bytes fit now; none when the guest's index is impossible.</summary>
    public int InputRoom
    {
        get
        {
            uint used = unchecked(memory.ReadAcquire(InputPut) - memory.ReadAcquire(InputTaken));
            return used > InputSize ? 0 : InputSize - (int)used;
        }
    }

    /// <summary>Takes what the guest said.</summary>
    /// <param name="buffer">At least <see cref="OutputSize"/> bytes.</param>
    /// <returns>Bytes. An impossible index counts as nothing said, and is put right.</returns>
    public int Take(Span<byte> buffer)
    {
        uint put = memory.ReadAcquire(OutputPut);
        uint taken = memory.ReadAcquire(OutputTaken);
        uint there = unchecked(put - taken);
        if (there is 0 or > OutputSize)
        {
            if (there != 0)
            {
                memory.WriteRelease(OutputTaken, put);
            }

            return 0;
        }

        Span<byte> ring = memory.Bytes.Slice(InputSize, OutputSize);
        int at = (int)(taken % OutputSize);
        int first = Math.Min((int)there, OutputSize - at);
        ring.Slice(at, first).CopyTo(buffer);
        ring[..((int)there - first)].CopyTo(buffer[first..]);
        memory.WriteRelease(OutputTaken, put);
        return (int)there;
    }

    /// <summary>Gives the guest what was typed; at most <see cref="InputRoom"/> bytes.</summary>
    public void Put(ReadOnlySpan<byte> typed)
    {
        uint put = memory.ReadAcquire(InputPut);
        Span<byte> ring = memory.Bytes[..InputSize];
        int at = (int)(put % InputSize);
        int first = Math.Min(typed.Length, InputSize - at);
        typed[..first].CopyTo(ring[at..]);
        typed[first..].CopyTo(ring);
        memory.WriteRelease(InputPut, unchecked(put + (uint)typed.Length));
    }
}
