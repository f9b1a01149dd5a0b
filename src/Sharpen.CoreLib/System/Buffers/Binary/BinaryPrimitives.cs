using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace System.Buffers.Binary;

/// <summary>Numbers in bytes, at any alignment; x86 is little-endian, so these are plain loads and stores behind one check.</summary>
public static class BinaryPrimitives
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ReadUInt32LittleEndian(ReadOnlySpan<byte> source)
    {
        if (source.Length < sizeof(uint))
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }

        return Unsafe.As<byte, uint>(ref source.Reference);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadUInt64LittleEndian(ReadOnlySpan<byte> source)
    {
        if (source.Length < sizeof(ulong))
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }

        return Unsafe.As<byte, ulong>(ref source.Reference);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt16LittleEndian(Span<byte> destination, ushort value)
    {
        if (destination.Length < sizeof(ushort))
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }

        Unsafe.As<byte, ushort>(ref destination.Reference) = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt32LittleEndian(Span<byte> destination, uint value)
    {
        if (destination.Length < sizeof(uint))
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }

        Unsafe.As<byte, uint>(ref destination.Reference) = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt64LittleEndian(Span<byte> destination, ulong value)
    {
        if (destination.Length < sizeof(ulong))
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }

        Unsafe.As<byte, ulong>(ref destination.Reference) = value;
    }
}
