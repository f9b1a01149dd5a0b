using System;
using System.Linq;
using System.Text;
using CsCheck;
using Sharpen.Hypervisor.Boot.Loader;
using Sharpen.Hypervisor.Boot.Map;
using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Unit.Boot.Loader;

public sealed class BootLoaderTests : MachineTest
{
    private static readonly MachineAddress s_address = new(0x10000);

    [Fact]
    public void Multiboot_1_information_is_copied()
    {
        Place(0x10000, Information1(flags: 0x124d));
        Place(0x20000, new BytesBuilder().Text("sharpen console=com1\0").ToArray());
        Place(0x20100, new BytesBuilder().Text("GRUB 2.06\0").ToArray());
        Place(0x20200, new BytesBuilder().Text("dom0 root=/dev/xvda\0").ToArray());
        Place(0x30000, new BytesBuilder().U32(0x400000, 0x500001, 0x20200, 0, 0x600000, 0x600000, 0, 0).ToArray());
        Place(0x40000, new BytesBuilder().U32(20).U64(0, 0x9fc00).U32(1).U32(24).U64(0x100000, 0x100000).U32(99, 0).ToArray());
        Assert.True(BootLoader.Read(Multiboot1.Magic, s_address));
        ref BootInformation boot = ref BootLoader.Information;
        Assert.Equal("sharpen console=com1", Text(boot.CommandLine));
        Assert.Equal("GRUB 2.06", Text(boot.LoaderName));
        Assert.Equal((0x400000UL, 0x100001UL, "dom0 root=/dev/xvda"), (boot.Modules[0].Start.Value, boot.Modules[0].Bytes, Text(boot.Modules[0].CommandLine)));
        Assert.Equal((1, 1u), (boot.ModuleCount, boot.Lost));
        Assert.Equal([(0UL, 0x9fc00UL, MemoryKind.Ram), (0x100000UL, 0x200000UL, MemoryKind.Reserved)], Memory());
        Assert.Equal((BootScreenKind.Text, 0xb8000UL, 80u, 25u), (boot.Screen.Kind, boot.Screen.Address.Value, boot.Screen.Width, boot.Screen.Height));
    }

    [Fact]
    public void Without_a_map_the_two_basic_numbers_serve()
    {
        Place(0x10000, Information1(flags: 1));
        BootLoader.Read(Multiboot1.Magic, s_address);
        Assert.Equal([(0UL, 639 * 1024UL, MemoryKind.Ram), (0x100000UL, 0x100000UL + (1024 * 1024), MemoryKind.Ram)], Memory());
    }

    [Fact]
    public void Multiboot_2_information_is_copied()
    {
        byte[] map = new BytesBuilder().U32(24, 0).U64(0, 0x9fc00).U32(1, 0).U64(0x100000, 0x8000000).U32(1, 0).ToArray();
        byte[] screen = new BytesBuilder().U64(0xfd000000).U32(3200, 800, 600).U8(32, 1, 0, 0).ToArray();
        Place(0x10000, LoaderImage.Multiboot2(
            (1, "noreboot\0"u8.ToArray()), (2, "GRUB\0"u8.ToArray()), (3, new BytesBuilder().U32(0x400000, 0x500000).Text("vmlinuz\0").ToArray()),
            (6, map), (8, screen), (12, new BytesBuilder().U64(0x7e000).ToArray()), (14, Acpi.AcpiImage.Rsdp(1, 0)), (15, Acpi.AcpiImage.Rsdp(1, 2))));
        Assert.True(BootLoader.Read(Multiboot2.Magic, s_address));
        ref BootInformation boot = ref BootLoader.Information;
        Assert.Equal(("noreboot", "GRUB", "vmlinuz"), (Text(boot.CommandLine), Text(boot.LoaderName), Text(boot.Modules[0].CommandLine)));
        Assert.Equal([(0UL, 0x9fc00UL, MemoryKind.Ram), (0x100000UL, 0x8100000UL, MemoryKind.Ram)], Memory());
        Assert.Equal((BootScreenKind.Pixels, 0xfd000000UL, 3200u, 32), (boot.Screen.Kind, boot.Screen.Address.Value, boot.Screen.Pitch, boot.Screen.BitsPerPixel));
        Assert.Equal((0x7e000UL, 36), (boot.EfiSystemTable.Value, boot.Rsdp.Length));
        Assert.Equal(0u, boot.Lost);
    }

    [Fact]
    public void An_efi_map_serves_when_there_is_no_other()
    {
        BytesBuilder map = new BytesBuilder().U32(48, 1);
        foreach ((uint type, ulong start, ulong pages, ulong attributes) in new[] { (7u, 0UL, 16UL, 0UL), (2u, 0x10000UL, 16UL, 0UL), (4u, 0x20000UL, 1UL, 1UL << 63), (9u, 0x30000UL, ulong.MaxValue, 0UL) })
        {
            map.U32(type, 0).U64(start, 0, pages, attributes, 0);
        }

        Place(0x10000, LoaderImage.Multiboot2((17, map.ToArray())));
        BootLoader.Read(Multiboot2.Magic, s_address);
        Assert.Equal(
            [(0UL, 0x20000UL, MemoryKind.Ram), (0x20000UL, 0x21000UL, MemoryKind.Reserved), (0x30000UL, ulong.MaxValue, MemoryKind.AcpiReclaimable)], Memory());
    }

    [Fact]
    public void What_efi_needs_at_run_time_is_kept_beside_another_map()
    {
        BytesBuilder map = new BytesBuilder().U32(48, 1);
        foreach ((ulong start, ulong pages, ulong attributes) in new[] { (0x20000UL, 2UL, 0x8000_0000_0000_000fUL), (0xffc00000UL, 4UL, 0x8000_0000_0000_0001UL), (0UL, ulong.MaxValue, 1UL << 63), (0x40000UL, 1UL, 15UL) })
        {
            map.U32(5, 0).U64(start, 0, pages, attributes, 0);
        }

        Place(0x10000, LoaderImage.Multiboot2(LoaderImage.Map((0, 0x1000, 1)), (17, map.ToArray())));
        BootLoader.Read(Multiboot2.Magic, s_address);
        Assert.Equal([(0UL, 0x1000UL, MemoryKind.Ram)], Memory());
        Assert.Equal(
            [(0x20UL, 2UL, true), (0xffc00UL, 4UL, false)],
            BootLoader.Information.EfiRanges.ToArray().Select(range => (range.Frames.First.Value, range.Frames.Frames, range.IsCached)));
    }

    [Theory]
    [InlineData("/boot/xen-sharpen.gz console=com1", "console=com1")]
    [InlineData("(hd0,1)/xen   a b", "a b")]
    [InlineData("  console=com1", "console=com1")]
    [InlineData("/boot/xen", "")]
    [InlineData("", "")]
    [InlineData("noreboot", "noreboot")]
    [InlineData("com1=115200,8n1/x noreboot", "com1=115200,8n1/x noreboot")]
    [InlineData("sharpen noreboot", "noreboot", "qemu")]
    public void A_file_name_before_the_arguments_is_left_out(string line, string expected, string loader = "GRUB 2.06")
    {
        BootLoader.Information.LoaderName = BootLoader.Information.AddText(Encoding.ASCII.GetBytes(loader));
        BootLoader.Information.CommandLine = BootLoader.Information.AddText(Encoding.ASCII.GetBytes(line));
        Assert.Equal(expected, Encoding.ASCII.GetString(BootLoader.Information.Arguments(BootLoader.Information.CommandLine)));
    }

    [Fact]
    public void An_unknown_loader_or_unreadable_information_is_refused()
    {
        Assert.False(BootLoader.Read(0x12345678, s_address));
        Assert.False(BootLoader.Read(Multiboot1.Magic, s_address));
        Assert.False(BootLoader.Read(Multiboot2.Magic, s_address));
    }

    [Fact]
    public void A_tag_without_length_does_not_loop()
    {
        Place(0x10000, new BytesBuilder().U32(64, 0, 1, 0).PadTo(64).ToArray());
        Assert.True(BootLoader.Read(Multiboot2.Magic, s_address));
        Assert.Equal(1u, BootLoader.Information.Lost);
    }

    [Fact]
    public void Texts_and_modules_without_end_are_bounded()
    {
        Place(0x10000, LoaderImage.Multiboot2([.. Enumerable.Repeat((3u, new BytesBuilder().U32(0x400000, 0x500000).Text(new string('x', 1000)).ToArray()), 100)]));
        Assert.True(BootLoader.Read(Multiboot2.Magic, s_address));
        Assert.Equal(BootInformation.MaxModules, BootLoader.Information.ModuleCount);
    }

    [Fact]
    public void Any_bytes_are_survived() =>
        Gen.Select(Gen.Bool, Gen.Byte.Array[0, 300], Gen.UInt[0, 400]).Sample((isFirst, bytes, total) =>
        {
            using Sharpen.Machine.Simulation.SimulatedMachine machine = new();
            machine.Bind();
            machine.Firmware.Add((0x10000, [.. BitConverter.GetBytes(total), .. bytes]));
            BootLoader.Read(isFirst ? Multiboot1.Magic : Multiboot2.Magic, s_address);
        });

    private static byte[] Information1(uint flags) => new BytesBuilder()
        .U32(flags, 639, 1024, 0, 0x20000, 2, 0x30000).PadTo(44).U32(52, 0x40000).PadTo(64).U32(0x20100).PadTo(88)
        .U64(0xb8000).U32(160, 80, 25).U8(16, 2).PadTo(116).ToArray();

    private void Place(ulong address, byte[] bytes) => Machine.Firmware.Add((address, bytes));

    private static string Text(BootText text) => Encoding.ASCII.GetString(BootLoader.Information.Text(text));

    private static (ulong Start, ulong End, MemoryKind Kind)[] Memory() =>
        [.. BootLoader.Information.Memory.Ranges.ToArray().Select(range => (range.Start, range.End, range.Kind))];
}
