using System;
using Sharpen.Xen.Native;
using Sharpen.Xen.Rings;

namespace Sharpen.Xenconsoled.Rings;

/// <summary>
/// The page that a guest and this daemon share: what is typed and what the guest says. Source: <c>struct xencons_interface</c>, <c>io/console.h</c>.
/// </summary>
public sealed class ConsolePage(MappedMemory memory)
{
    /// <summary>Bytes of the ring of what is typed.</summary>
    public const int InputSize = 1024;

    /// <summary>Bytes of the ring of what the guest says.</summary>
    public const int OutputSize = 2048;

    private readonly ByteRing _input = new(memory, 0, InputSize, 3072, 3076);
    private readonly ByteRing _output = new(memory, InputSize, OutputSize, 3080, 3084);

    /// <summary>How many typed bytes fit now; none when the guest's index is impossible.</summary>
    public int InputRoom => Math.Max(0, _input.Room(_input.Put));

    /// <summary>Takes what the guest said.</summary>
    /// <param name="buffer">At least <see cref="OutputSize"/> bytes.</param>
    /// <returns>Bytes. An impossible index counts as nothing said, and is put right.</returns>
    public int Take(Span<byte> buffer)
    {
        uint taken = _output.Taken;
        int there = _output.Peek(buffer, taken);
        if (there != 0)
        {
            _output.Taken = there > 0 ? unchecked(taken + (uint)there) : _output.Put;
        }

        return Math.Max(0, there);
    }

    /// <summary>Gives the guest what was typed; at most <see cref="InputRoom"/> bytes.</summary>
    public void Put(ReadOnlySpan<byte> typed)
    {
        uint put = _input.Put;
        _ = _input.Write(typed, ref put);
    }
}
