using Sharpen.Machine.Locks;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Io;

/// <summary>
/// The configuration space of PCI segment 0, 256 bytes a function, through the ports 0xcf8 to 0xcff. All that the hypervisor does there,
/// also for a guest, goes through here: the ports are a pair. What is absent reads all ones. Source: PCI Local Bus Specification 3.0, 3.2.2.3.
/// </summary>
public static class PciConfiguration
{
    private const ushort Address = 0xcf8;
    private const ushort Data = 0xcfc;
    private const uint Enable = 1U << 31;

    private struct State
    {
        internal SpinLock<PciRank> Lock;
    }

    /// <summary>Reads four bytes.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    /// <param name="function">The bus in bits 15 to 8, device and function in bits 7 to 0.</param>
    /// <param name="register">A multiple of 4 below 256.</param>
    public static uint Read32<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register)
        where TOuter : IBefore<PciRank>
    {
        using Locked<PciRank> held = Root.Of<State>().Lock.Enter(outer);
        Select(function, register);
        return Port.In32(Data);
    }

    /// <summary>Reads one byte at any offset below 256; as <see cref="Read32"/>.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static byte Read8<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register)
        where TOuter : IBefore<PciRank> => (byte)((Read32(outer, function, register) >> (8 * (register & 3))) & 0xff);

    /// <summary>Reads two bytes at an even offset; as <see cref="Read32"/>.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static ushort Read16<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register)
        where TOuter : IBefore<PciRank> => (ushort)((Read32(outer, function, register) >> (8 * (register & 2))) & 0xffff);

    /// <summary>Writes four bytes; as <see cref="Read32"/>.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static void Write32<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register, uint value)
        where TOuter : IBefore<PciRank>
    {
        using Locked<PciRank> held = Root.Of<State>().Lock.Enter(outer);
        Select(function, register);
        Port.Out32(Data, value);
    }

    /// <summary>Writes two bytes at an even offset; as <see cref="Read32"/>.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static void Write16<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register, ushort value)
        where TOuter : IBefore<PciRank>
    {
        using Locked<PciRank> held = Root.Of<State>().Lock.Enter(outer);
        Select(function, register);
        Port.Out16((ushort)(Data + (register & 2)), value);
    }

    /// <summary>Reads any bytes of one word for a guest. All ones when they cross a word.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    /// <param name="outer">The same.</param>
    /// <param name="function">As for <see cref="Read32"/>.</param>
    /// <param name="register">Any offset.</param>
    /// <param name="bytes">1, 2 or 4.</param>
    public static uint Read<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register, int bytes)
        where TOuter : IBefore<PciRank>
    {
        if (bytes is not (1 or 2 or 4) || (register & 3) + bytes > sizeof(uint))
        {
            return uint.MaxValue;
        }

        using Locked<PciRank> held = Root.Of<State>().Lock.Enter(outer);
        Select(function, register);
        return HostPorts.Read((ushort)(Data + (register & 3)), bytes);
    }

    /// <summary>Writes any bytes of one word for a guest; as <see cref="Read"/>. Nothing happens when they cross a word.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public static void Write<TOuter>(scoped in Locked<TOuter> outer, ushort function, byte register, int bytes, uint value)
        where TOuter : IBefore<PciRank>
    {
        if (bytes is not (1 or 2 or 4) || (register & 3) + bytes > sizeof(uint))
        {
            return;
        }

        using Locked<PciRank> held = Root.Of<State>().Lock.Enter(outer);
        Select(function, register);
        HostPorts.Write((ushort)(Data + (register & 3)), bytes, value);
    }

    private static void Select(ushort function, byte register) => Port.Out32(Address, Enable | ((uint)function << 8) | (register & 0xfcU));
}
