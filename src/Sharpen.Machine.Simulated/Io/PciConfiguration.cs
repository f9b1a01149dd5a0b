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

    private static byte[]? Find(ushort function) =>
        SimulatedMachine.Current.PciDevices.TryGetValue(((byte)(function >> 8), (byte)(function & 0xff)), out byte[]? space) ? space : null;
}
