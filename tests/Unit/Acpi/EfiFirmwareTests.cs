using System;
using System.Buffers.Binary;
using Sharpen.Hypervisor.Acpi;
using Sharpen.Machine.Efi;
using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Unit.Acpi;

/// <summary>EFI's system table, sound and not.</summary>
public sealed class EfiFirmwareTests : MachineTest
{
    private const ulong Table = 0x7000;
    private const ulong List = 0x9000;
    private const ulong Vendor = 0x8000;

    [Fact]
    public void The_list_of_tables_is_found()
    {
        Machine.Firmware.Add((Table, SystemTable(11)));
        Machine.Firmware.Add((List, new byte[11 * 24]));
        Machine.Firmware.Add((Vendor, System.Text.Encoding.Unicode.GetBytes("EDK II\0")));
        EfiFirmware.Read(new MachineAddress(Table), []);
        Assert.True(EfiFirmware.IsPresent);
        Assert.Equal(List, EfiFirmware.Tables.Value);
        Assert.Equal(11U, EfiFirmware.TableCount);
        Assert.Equal(0x20046U, EfiFirmware.Revision);
        Assert.Equal("EDK II", System.Text.Encoding.Unicode.GetString(EfiFirmware.Vendor));
        Assert.Equal(0x10000U, EfiFirmware.VendorRevision);
    }

    [Fact]
    public void Its_services_are_opened_where_it_says_what_they_use()
    {
        Machine.Firmware.Add((Table, SystemTable(1)));
        Machine.Firmware.Add((List, new byte[24]));
        EfiFirmware.Read(new MachineAddress(Table), []);
        Assert.False(EfiServices.IsPresent);
        EfiFirmware.Read(new MachineAddress(Table), [new EfiRange(new FrameRange(new Mfn(0x100), 1), isCached: true)]);
        Assert.True(EfiServices.IsPresent);
    }

    [Fact]
    public void Without_efi_there_is_none()
    {
        EfiFirmware.Read(default, []);
        Assert.False(EfiFirmware.IsPresent);
        Assert.Empty(Lines);
    }

    [Theory]
    [InlineData(0, 0, 11U)]             // another signature
    [InlineData(104, 0xff, 11U)]        // absurdly many
    [InlineData(105, 0, 0U)]            // none
    [InlineData(117, 0x7f, 11U)]        // where nothing is
    public void A_table_without_sense_is_said_and_passed_over(int at, byte value, uint count)
    {
        byte[] table = SystemTable(count);
        table[at] = value;
        table[at == 104 ? 105 : at] = value;
        Machine.Firmware.Add((Table, table));
        Machine.Firmware.Add((List, new byte[11 * 24]));
        EfiFirmware.Read(new MachineAddress(Table), []);
        Assert.False(EfiFirmware.IsPresent);
    }

    private static byte[] SystemTable(uint count)
    {
        byte[] table = new byte[120];
        "IBI SYST"u8.CopyTo(table);
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(8), 0x20046);
        BinaryPrimitives.WriteUInt64LittleEndian(table.AsSpan(24), Vendor);
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(32), 0x10000);
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(104), count);
        BinaryPrimitives.WriteUInt64LittleEndian(table.AsSpan(112), List);
        return table;
    }
}
