using Sharpen.Machine.Io;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Interrupts;

/// <summary>What a PCI function says of its messages. The device, and whoever programs it, is not believed: lists are walked for a bounded time.</summary>
/// <remarks>Source: PCI Local Bus Specification 3.0, 6.2.5, 6.7 and 6.8.</remarks>
internal static class PciCapabilities
{
    /// <summary>The capability of MSI.</summary>
    internal const byte Message = 5;

    /// <summary>The capability of MSI-X.</summary>
    internal const byte MessageTable = 0x11;

    private const int MostCapabilities = 48;
    private const byte Command = 4;
    private const ushort DecodesMemory = 2;
    private const byte Status = 6;
    private const ushort HasCapabilities = 1 << 4;
    private const byte FirstBar = 0x10;
    private const int Bars = 6;
    private const byte FirstCapability = 0x34;
    private const ushort Absent = 0xffff;

    /// <summary>Where a function has a capability.</summary>
    internal static bool TryFind(scoped in Locked<InterruptRank> held, ushort function, byte wanted, out byte capability)
    {
        capability = 0;
        if (PciConfiguration.Read16(held, function, 0) == Absent || (PciConfiguration.Read16(held, function, Status) & HasCapabilities) == 0)
        {
            return false;
        }

        byte at = PciConfiguration.Read8(held, function, FirstCapability);
        for (int i = 0; i < MostCapabilities && at >= 0x40; i++)
        {
            at &= 0xfc;
            ushort head = PciConfiguration.Read16(held, function, at);
            if ((head & 0xff) == wanted)
            {
                capability = at;
                return at <= 0xe8;
            }

            at = (byte)(head >> 8);
        }

        return false;
    }

    /// <summary>How many messages an MSI capability can send: 1 to 32, or a number that is none for a device that is none.</summary>
    internal static int MessagesOf(scoped in Locked<InterruptRank> held, ushort function, byte capability) =>
        1 << ((PciConfiguration.Read16(held, function, (byte)(capability + 2)) >> 1) & 7);

    /// <summary>True when each message of an MSI capability can be masked.</summary>
    internal static bool HasMasks(scoped in Locked<InterruptRank> held, ushort function, byte capability) =>
        (PciConfiguration.Read16(held, function, (byte)(capability + 2)) & (1 << 8)) != 0;

    /// <summary>How many entries an MSI-X table has: 1 to 2048.</summary>
    internal static int EntriesOf(scoped in Locked<InterruptRank> held, ushort function, byte capability) =>
        (PciConfiguration.Read16(held, function, (byte)(capability + 2)) & 0x7ff) + 1;

    /// <summary>Where an MSI-X table lies. False: the device does not answer in memory, or its table is nowhere.</summary>
    internal static bool TryTable(scoped in Locked<InterruptRank> held, ushort function, byte capability, out ulong address, out int entries)
    {
        address = 0;
        entries = EntriesOf(held, function, capability);
        uint place = PciConfiguration.Read32(held, function, (byte)(capability + 4));
        int bar = (int)(place & 7);
        if (bar >= Bars || (PciConfiguration.Read16(held, function, Command) & DecodesMemory) == 0)
        {
            return false;
        }

        uint low = PciConfiguration.Read32(held, function, (byte)(FirstBar + (4 * bar)));
        bool isPort = (low & 1) != 0;
        bool isWide = (low & 6) == 4;
        if (isPort || (isWide && bar == Bars - 1))
        {
            return false;
        }

        uint high = isWide ? PciConfiguration.Read32(held, function, (byte)(FirstBar + 4 + (4 * bar))) : 0;
        ulong start = ((ulong)high << 32) | (low & ~0xfU);
        if (start == 0 || start > ulong.MaxValue - place)
        {
            return false;
        }

        address = start + (place & ~7U);
        return true;
    }
}
