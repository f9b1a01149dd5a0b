using System;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Efi;
using Sharpen.Machine.Memory;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>
/// What EFI left behind, for the control domain: where its list of tables is, ACPI's root pointer among them. Of its services
/// those of booting have ended; those of run time are called when the control domain asks.
/// </summary>
/// <remarks>Source: UEFI specification, 4.3, "EFI System Table".</remarks>
public static class EfiFirmware
{
    private const ulong Signature = 0x5453595320494249;         // "IBI SYST"
    private const int RevisionAt = 8;
    private const int ServicesAt = 88;
    private const int VendorAt = 24;
    private const int VendorRevisionAt = 32;
    private const int TableCountAt = 104;
    private const int TablesAt = 112;
    private const int SystemTableBytes = 120;
    private const int TableBytes = 24;
    private const uint MostTables = 512;

    private struct State
    {
        internal MachineAddress Tables;
        internal uint Count;
        internal uint Revision;
        internal uint VendorRevision;
        internal int VendorBytes;
        internal Fixed64<byte> Vendor;
    }

    /// <summary>The host was started by EFI, and its list of tables was found.</summary>
    public static bool IsPresent => Root.Of<State>().Count != 0;

    /// <summary>Where the list begins: entries of 24 bytes, an id and an address.</summary>
    public static MachineAddress Tables => Root.Of<State>().Tables;

    /// <summary>How many entries it has.</summary>
    public static uint TableCount => Root.Of<State>().Count;

    /// <summary>The specification's version: major in the upper half.</summary>
    public static uint Revision => Root.Of<State>().Revision;

    /// <summary>The version of the firmware by its vendor.</summary>
    public static uint VendorRevision => Root.Of<State>().VendorRevision;

    /// <summary>The vendor's name in UTF-16, without a zero at its end; long ones are cut.</summary>
    public static ReadOnlySpan<byte> Vendor => Root.Of<State>().Vendor.ReadOnly.Slice(0, Root.Of<State>().VendorBytes);

    /// <summary>Reads the system table. While firmware memory can be read.</summary>
    /// <param name="systemTable">Its address as the boot loader has it, or 0.</param>
    /// <param name="ranges">What its services use; without any they are not called.</param>
    public static void Read(MachineAddress systemTable, scoped ReadOnlySpan<EfiRange> ranges)
    {
        ref State state = ref Root.Of<State>();
        state = default;
        if (systemTable.Value == 0)
        {
            return;
        }

        ByteFields table = new(FirmwareMemory.Read(systemTable, SystemTableBytes));
        uint count = table.U32(TableCountAt);
        MachineAddress tables = new(table.U64(TablesAt));
        if (table.U64(0) != Signature || count is 0 or > MostTables || FirmwareMemory.Read(tables, (int)count * TableBytes).IsEmpty)
        {
            Log.Warning($"EFI: its system table at {systemTable.Value:x} makes no sense: the control domain will not find its tables");
            return;
        }

        state.Tables = tables;
        state.Count = count;
        state.Revision = table.U32(RevisionAt);
        state.VendorRevision = table.U32(VendorRevisionAt);
        ReadVendor(new MachineAddress(table.U64(VendorAt)), ref state);
        MachineAddress services = new(table.U64(ServicesAt));
        bool isOpen = !ranges.IsEmpty && EfiServices.Open(ranges, services).Try(out _);
        Log.Info($"EFI: version {state.Revision >> 16}.{state.Revision & ushort.MaxValue}, {count} tables at {tables.Value:x}; its run-time services {(isOpen ? "can be called" : "are not used")}");
    }

    private static void ReadVendor(MachineAddress name, ref State state)
    {
        for (int at = 0; at < Fixed64<byte>.Length; at += 2)
        {
            ReadOnlySpan<byte> character = name.Value == 0 ? default : FirmwareMemory.Read(name + (ulong)(uint)at, 2);
            if (character.IsEmpty || (character[0] == 0 && character[1] == 0))
            {
                return;
            }

            character.CopyTo(state.Vendor.Span.Slice(at));
            state.VendorBytes = at + 2;
        }
    }
}
