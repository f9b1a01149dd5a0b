using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System;

internal static class Buffer
{
    internal static unsafe void MemoryCopy(void* source, void* destination, long destinationBytes, long bytes)
    {
        _ = destinationBytes;
        SpanHelpers.Memmove(ref *(byte*)destination, ref *(byte*)source, (nuint)bytes);
    }

    internal static void BulkMoveWithWriteBarrier(ref byte destination, ref byte source, nuint bytes) =>
        SpanHelpers.Memmove(ref destination, ref source, bytes);
}

internal static class SpanHelpers
{
    /// <summary>Copies elements, overlapping or not. No collector watches references here, so bytes are all there is to move.</summary>
    internal static void Copy<T>(ref T destination, ref T source, int count) =>
        Memmove(ref Unsafe.As<T, byte>(ref destination), ref Unsafe.As<T, byte>(ref source), unchecked((nuint)(uint)count * (nuint)(uint)Unsafe.SizeOf<T>()));

    internal static unsafe void Memmove(ref byte destination, ref byte source, nuint bytes)
    {
        if (Unsafe.AreSame(ref destination, ref source))
        {
            return;
        }

        fixed (byte* to = &destination, from = &source)
        {
            if (unchecked((nuint)to - (nuint)from) >= bytes)
            {
                Forward(to, from, bytes);
            }
            else
            {
                Backward(to, from, bytes);
            }
        }
    }

    internal static unsafe void ClearWithoutReferences(ref byte destination, nuint bytes)
    {
        fixed (byte* to = &destination)
        {
            nuint i = 0;
            unchecked
            {
                for (; bytes - i >= 4 * BlockBytes; i += 4 * BlockBytes)
                {
                    Block* block = (Block*)(to + i);
                    block[0] = default;
                    block[1] = default;
                    block[2] = default;
                    block[3] = default;
                }

                for (; bytes - i >= 8; i += 8)
                {
                    *(ulong*)(to + i) = 0;
                }

                for (; i < bytes; i++)
                {
                    to[i] = 0;
                }
            }
        }
    }

    private const nuint BlockBytes = 64;

    /// <summary>What the compiler moves and clears by a few wide instructions.</summary>
    [StructLayout(LayoutKind.Sequential, Size = (int)BlockBytes)]
    private struct Block;

    internal static unsafe void Fill(ref byte destination, byte value, nuint bytes)
    {
        fixed (byte* to = &destination)
        {
            for (nuint i = 0; i < bytes; i++)
            {
                to[i] = value;
            }
        }
    }

    private static unsafe void Forward(byte* to, byte* from, nuint bytes)
    {
        nuint i = 0;
        unchecked
        {
            for (; bytes - i >= 4 * BlockBytes; i += 4 * BlockBytes)
            {
                Block* source = (Block*)(from + i);
                Block* target = (Block*)(to + i);
                target[0] = source[0];
                target[1] = source[1];
                target[2] = source[2];
                target[3] = source[3];
            }

            for (; bytes - i >= BlockBytes; i += BlockBytes)
            {
                *(Block*)(to + i) = *(Block*)(from + i);
            }

            for (; bytes - i >= 8; i += 8)
            {
                *(ulong*)(to + i) = *(ulong*)(from + i);
            }

            for (; i < bytes; i++)
            {
                to[i] = from[i];
            }
        }
    }

    private static unsafe void Backward(byte* to, byte* from, nuint bytes)
    {
        for (nuint i = bytes; i > 0; i--)
        {
            to[i - 1] = from[i - 1];
        }
    }
}
