using System;
using System.Buffers.Binary;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Io;

/// <summary>The configuration space of the pretend PCI devices; what is absent reads all ones.</summary>
public static class PciConfiguration
{
    /// <summary>Reads four bytes.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static uint Read32<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register)
        where TOuter : IBefore<PciRank>
    {
        _ = outer;
        return Find(function) is byte[] space ? BinaryPrimitives.ReadUInt32LittleEndian(space.AsSpan(register & 0xfc)) : uint.MaxValue;
    }

    /// <summary>Reads one byte.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static byte Read8<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register)
        where TOuter : IBefore<PciRank> => (byte)(Read32(outer, function, register) >> (8 * (register & 3)) & 0xff);

    /// <summary>Reads two bytes.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static ushort Read16<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register)
        where TOuter : IBefore<PciRank> => (ushort)(Read32(outer, function, register) >> (8 * (register & 2)) & 0xffff);

    /// <summary>Writes four bytes.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static void Write32<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register, uint value)
        where TOuter : IBefore<PciRank>
    {
        _ = outer;
        if (Find(function) is byte[] space)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(space.AsSpan(register & 0xfc), value);
        }
    }

    /// <summary>Writes two bytes.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static void Write16<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register, ushort value)
        where TOuter : IBefore<PciRank>
    {
        _ = outer;
        if (Find(function) is byte[] space)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(space.AsSpan(register & 0xfe), value);
        }
    }

    /// <summary>Reads any bytes of one word for a guest. All ones when they cross a word.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static uint Read<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register, int bytes)
        where TOuter : IBefore<PciRank>
    {
        bool isInside = bytes is 1 or 2 or 4 && (register & 3) + bytes <= sizeof(uint);
        return isInside ? (Read32(outer, function, register) >> (8 * (register & 3))) & (uint.MaxValue >> (32 - (8 * bytes))) : uint.MaxValue;
    }

    /// <summary>Writes any bytes of one word for a guest.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static void Write<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register, int bytes, uint value)
        where TOuter : IBefore<PciRank>
    {
        if (bytes is 1 or 2 or 4 && (register & 3) + bytes <= sizeof(uint))
        {
            int shift = 8 * (register & 3);
            uint mask = (uint.MaxValue >> (32 - (8 * bytes))) << shift;
            Write32(outer, function, register, (Read32(outer, function, register) & ~mask) | ((value << shift) & mask));
        }
    }

    private static byte[]? Find(ushort function) =>
        SimulatedMachine.Current.PciDevices.TryGetValue(((byte)(function >> 8), (byte)(function & 0xff)), out byte[]? space) ? space : null;
}
