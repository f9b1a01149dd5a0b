using System;
using System.Linq;
using CsCheck;
using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Console;
using Xunit;

namespace Sharpen.Unit.Acpi;

public sealed class FirmwareTests : MachineTest
{
    private readonly AcpiImage _image;

    public FirmwareTests()
    {
        HostConsole.Initialise();
        _image = new AcpiImage(Machine);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_madt_tells_cpus_and_controllers(bool isExtended)
    {
        byte[] ioApic = new BytesBuilder().U8(1, 12, 5, 0).U32(0xfec00000, 24).ToArray();
        byte[] timer = new BytesBuilder().U8(2, 10, 0, 0).U32(2).U16(0).ToArray();
        byte[] sci = new BytesBuilder().U8(2, 10, 0, 9).U32(9).U16(0xf).ToArray();
        byte[] nmi = new BytesBuilder().U8(4, 6, 0xff).U16(0).U8(1).ToArray();
        _image.Add("APIC", AcpiImage.Madt(AcpiImage.LocalApic(0, 0), AcpiImage.LocalApic(1, 2), AcpiImage.LocalApic(2, 4, 2), ioApic, timer, sci, nmi));
        Assert.True(Firmware.Read(_image.Finish(isExtended)));
        ref AcpiFacts facts = ref Firmware.Facts;
        Assert.Equal([0u, 2u], facts.Cpus.ToArray().Select(cpu => cpu.ApicId));
        Assert.Equal(1, facts.AbsentCpus);
        Assert.Equal(0xfee00000UL, facts.LocalApic.Value);
        Assert.True(facts.HasLegacyPics);
        Assert.Equal((5, 0xfec00000UL, 24u), (facts.IoApics[0].Id, facts.IoApics[0].Address.Value, facts.IoApics[0].FirstInterrupt));
        Assert.Equal(2u, facts.IsaInterrupt(0).GlobalInterrupt);
        Assert.Equal((true, true), (facts.IsaInterrupt(9).IsActiveLow, facts.IsaInterrupt(9).IsLevel));
        Assert.Equal((4u, false), (facts.IsaInterrupt(4).GlobalInterrupt, facts.IsaInterrupt(4).IsLevel));
        Assert.Equal((true, AcpiNmi.EveryCpu, 1u), (facts.Nmis[0].IsLocal, facts.Nmis[0].AcpiId, facts.Nmis[0].Line));
        Assert.Empty(Lines);
    }

    [Fact]
    public void A_cpu_that_is_listed_twice_counts_once()
    {
        _image.Add("APIC", AcpiImage.Madt(AcpiImage.LocalApic(0, 7), AcpiImage.X2Apic(0, 7), AcpiImage.X2Apic(1, 0x10000), AcpiImage.X2Apic(1, 0x10000)));
        Firmware.Read(_image.Finish());
        Assert.Equal([7u, 0x10000u], Firmware.Facts.Cpus.ToArray().Select(cpu => cpu.ApicId));
    }

    [Fact]
    public void The_first_4095_cpus_are_kept()
    {
        _image.Add("APIC", AcpiImage.Madt([.. Enumerable.Range(0, 5000).Select(i => AcpiImage.X2Apic((uint)i, (uint)i * 3))]));
        Firmware.Read(_image.Finish());
        Assert.Equal(4095, Firmware.Facts.Cpus.Length);
        Assert.Equal(905u, Firmware.Facts.Lost);
        Assert.Equal(4000, Firmware.Facts.FindCpu(12000));
        Assert.Equal(["(XEN) ACPI: 905 entries too many or without sense, ignored"], Lines);
    }

    [Fact]
    public void Missing_tables_leave_their_facts_zero()
    {
        Assert.True(Firmware.Read(_image.Finish()));
        Assert.True(Firmware.Facts.IsPresent);
        Assert.False(Firmware.Facts.HasInterruptModel);
        Assert.False(Firmware.Facts.Fixed.IsPresent);
        Assert.Equal(0UL, Firmware.Facts.Hpet.Value);
        Assert.Empty(Lines);
    }

    [Fact]
    public void No_root_pointer_is_said_and_survived()
    {
        Assert.False(Firmware.Read(default));
        Assert.Equal(["(XEN) ACPI: no root pointer: one CPU, no tables"], Lines);
    }

    [Fact]
    public void The_root_pointer_is_found_in_the_bios_area()
    {
        _image.Add("HPET", Hpet(0xfed00000));
        byte[] area = new byte[0x20000];
        _image.Finish(isExtended: false).CopyTo(area, 0x14f10);
        Machine.Firmware.Add((0xe0000, area));
        Assert.True(Firmware.Read(default));
        Assert.Equal(0xfed00000UL, Firmware.Facts.Hpet.Value);
    }

    [Fact]
    public void A_damaged_copy_of_the_root_pointer_is_not_believed()
    {
        byte[] copy = _image.Finish();
        copy[17] ^= 1;
        Assert.False(Firmware.Read(copy));
        Assert.StartsWith("(XEN) ACPI: the boot loader's copy", Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_table_is_named_once_and_the_others_are_read()
    {
        byte[] madt = new BytesBuilder().Text("APIC").U32(44).PadTo(44).ToArray();
        ulong address = _image.Place(madt, isListed: true);
        _image.Add("HPET", Hpet(0xfed00000));
        Firmware.Read(_image.Finish());
        Assert.Equal([$"(XEN) ACPI: table APIC at 0x{address:x} has a bad checksum: ignored"], Lines);
        Assert.Equal(0xfed00000UL, Firmware.Facts.Hpet.Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(35)]
    [InlineData(43)]
    [InlineData(0x7fffffff)]
    [InlineData(-1)]
    public void An_absurd_length_is_named(int length)
    {
        _image.Add("APIC", AcpiImage.Madt(AcpiImage.LocalApic(0, 0)), length: unchecked((uint)length));
        Firmware.Read(_image.Finish());
        Assert.Contains("APIC", Assert.Single(Lines), StringComparison.Ordinal);
        Assert.False(Firmware.Facts.HasInterruptModel);
    }

    [Fact]
    public void An_entry_without_length_does_not_loop()
    {
        _image.Add("APIC", AcpiImage.Madt(AcpiImage.LocalApic(0, 0), [9, 0, 0, 0], AcpiImage.LocalApic(1, 1)));
        Firmware.Read(_image.Finish());
        Assert.Equal(1, Firmware.Facts.Cpus.Length);
        Assert.Equal(1u, Firmware.Facts.Lost);
    }

    [Fact]
    public void A_list_that_lists_itself_and_nothing_else_is_harmless()
    {
        _image.List(0);
        _image.List(ulong.MaxValue);
        _image.List(0x7f00000);
        Assert.True(Firmware.Read(_image.Finish()));
    }

    [Fact]
    public void The_fixed_table_tells_timer_reset_and_sleep()
    {
        byte[] package = [0x08, (byte)'_', (byte)'S', (byte)'5', (byte)'_', 0x12, 0x06, 0x04, 0x0a, 0x05, 0x00, 0x00, 0x00];
        ulong dsdt = _image.Add("DSDT", [.. new byte[20], .. package], isListed: false);
        _image.Add("FACP", Fadt((uint)dsdt));
        Firmware.Read(_image.Finish());
        FixedHardware hardware = Firmware.Facts.Fixed;
        Assert.Equal((true, 0x608UL, true), (hardware.PmTimer.IsPort, hardware.PmTimer.Address, hardware.IsPmTimer32Bit));
        Assert.Equal((true, 0xcf9UL, 0x0f), (hardware.Reset.IsPort, hardware.Reset.Address, hardware.ResetValue));
        Assert.Equal((0x604UL, 16), (hardware.Pm1aControl.Address, hardware.Pm1aControl.Bits));
        Assert.False(hardware.Pm1bControl.IsThere);
        Assert.Equal((true, 5, 0), (hardware.CanSwitchOff, hardware.SwitchOffTypeA, hardware.SwitchOffTypeB));
        Assert.Equal(9, hardware.SciInterrupt);
    }

    [Fact]
    public void Nodes_get_their_cpus_memory_and_distances()
    {
        _image.Add("APIC", AcpiImage.Madt(AcpiImage.LocalApic(0, 0), AcpiImage.LocalApic(1, 1)));
        byte[] cpu = new BytesBuilder().U8(0, 16, 3, 1).U32(1).U32(0).U32(0).ToArray();
        byte[] memory = new BytesBuilder().U8(1, 40).U32(3).U16(0).U64(0x100000, 0x200000).U32(0, 1).U64(0).ToArray();
        byte[] wrapping = new BytesBuilder().U8(1, 40).U32(3).U16(0).U64(0x100000, ulong.MaxValue).U32(0, 1).U64(0).ToArray();
        _image.Add("SRAT", [.. new byte[12], .. cpu, .. memory, .. wrapping]);
        _image.Add("SLIT", new BytesBuilder().U64(2).U8(10, 30, 31, 10).ToArray());
        Firmware.Read(_image.Finish());
        ref AcpiFacts facts = ref Firmware.Facts;
        Assert.Equal([0u, 3u], facts.Cpus.ToArray().Select(entry => entry.Proximity));
        Assert.Equal((0x100000UL, 0x200000UL, 3u), (facts.Numa.Ranges[0].Start.Value, facts.Numa.Ranges[0].Bytes, facts.Numa.Ranges[0].Proximity));
        Assert.Equal(1, facts.Numa.Ranges.Length);
        Assert.Equal((30, 31, 10, 20), (facts.Numa.Distance(0, 1), facts.Numa.Distance(1, 0), facts.Numa.Distance(1, 1), facts.Numa.Distance(0, 9)));
        Assert.Equal(1u, facts.Lost);
    }

    [Fact]
    public void Any_bytes_in_any_table_are_survived()
    {
        string[] signatures = ["APIC", "FACP", "HPET", "MCFG", "SRAT", "SLIT"];
        Gen.Select(Gen.Int[0, 5], Gen.Byte.Array[0, 400]).Sample((signature, body) =>
        {
            using Sharpen.Machine.Simulation.SimulatedMachine machine = new();
            machine.Bind();
            AcpiImage image = new(machine);
            image.Add("APIC", AcpiImage.Madt(AcpiImage.LocalApic(0, 0)));
            image.Add(signatures[signature], body);
            Assert.True(Firmware.Read(image.Finish()));
        });
    }

    internal static byte[] Hpet(ulong address) => new BytesBuilder().U32(0x8086a201).U8(0, 64, 0, 0).U64(address).U8(0).U16(0).U8(0).ToArray();

    internal static byte[] Fadt(uint dsdt)
    {
        byte[] table = new byte[268];
        BitConverter.TryWriteBytes(table.AsSpan(40), dsdt);
        BitConverter.TryWriteBytes(table.AsSpan(46), (ushort)9);
        BitConverter.TryWriteBytes(table.AsSpan(56), 0x600);
        BitConverter.TryWriteBytes(table.AsSpan(64), 0x604);
        BitConverter.TryWriteBytes(table.AsSpan(76), 0x608);
        table[88] = 4;
        table[89] = 2;
        table[91] = 4;
        BitConverter.TryWriteBytes(table.AsSpan(112), (1u << 8) | (1u << 10));
        table[116] = 1;
        table[117] = 8;
        BitConverter.TryWriteBytes(table.AsSpan(120), 0xcf9UL);
        table[128] = 0x0f;
        return table[36..];
    }
}
