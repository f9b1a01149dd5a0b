using System;
using System.Buffers.Binary;
using System.Linq;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Simulation.Core;
using Sharpen.Unit.Boot.Loader;
using Sharpen.Unit.Memory;
using Sharpen.Unit.Unpacking;
using Xunit;

namespace Sharpen.Unit.Boot;

/// <summary>Domain 0 out of boot modules: it starts, or a message names what is wrong and what to do.</summary>
public sealed class ControlDomainTests : IDisposable
{
    private const uint KernelAt = 0x2000000;
    private const uint RamdiskAt = 0x3000000;
    private readonly HostWorld _host = new() { CommandLine = "dom0_mem=32M" };

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_kernel_and_a_ramdisk_make_domain_0_with_its_screen()
    {
        AddModule(KernelAt, KernelFile.Make());
        AddModule(RamdiskAt, new byte[5000]);
        _host.Tags.Add((8, Pixels()));
        Assert.True(_host.Start());
        ref Domain domain = ref DomainList.Find(new DomainId(0));
        Assert.Equal(32UL << 8, domain.Memory.Count);
        Assert.Equal(uint.MaxValue, domain.Memory.Limit);
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, 0);
        Assert.True(FrameRef<L4Table>.Hold(GuestCpu.RootOf(in vcpu.Context), domain.Id, out FrameRef<L4Table> root).Try(out _));
        Assert.True(GuestTables.TryTranslate(in root, vcpu.Context.Registers.Rsi, out Mfn frame, out _));
        root.Dispose();
        ReadOnlySpan<byte> page = MemoryWorld.BytesOf(frame);
        StartInfo info = MemoryMarshal.Read<StartInfo>(page);
        Assert.Equal((ulong)(uint)Marshal.SizeOf<StartInfo>() | (40UL << 32), info.ConsoleMfn);
        VgaConsoleInfo screen = MemoryMarshal.Read<VgaConsoleInfo>(page[Marshal.SizeOf<StartInfo>()..]);
        Assert.Equal(VgaConsoleType.VesaLinear, screen.Type);
        Assert.Equal((1024, 768, 4096, 32), (screen.Width, screen.Height, screen.BytesPerLine, screen.BitsPerPixel));
        Assert.Equal((0xfd000000U, 48U), (screen.Base, screen.Size));
        Assert.Equal((16, 8, 8, 8, 0, 8), (screen.RedPosition, screen.RedSize, screen.GreenPosition, screen.GreenSize, screen.BluePosition, screen.BlueSize));
    }

    [Theory]
    [InlineData(RamdiskAt, 1 << 20, true)]
    [InlineData(RamdiskAt, (3 << 20) + 100, true)]
    [InlineData(RamdiskAt + 0x10, 3 << 20, false)]
    [InlineData(RamdiskAt, 5000, false)]
    public void A_large_ramdisk_becomes_the_domains_where_it_lies(uint place, int bytes, bool isAdopted)
    {
        byte[] ramdisk = new byte[bytes];
        new Random(5).NextBytes(ramdisk);
        AddModule(KernelAt, KernelFile.Make());
        AddModule(place, ramdisk);
        Assert.True(_host.Start());
        ref Domain domain = ref DomainList.Find(new DomainId(0));
        Assert.Equal(32UL << 8, domain.Memory.Count);
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, 0);
        Assert.True(FrameRef<L4Table>.Hold(GuestCpu.RootOf(in vcpu.Context), domain.Id, out FrameRef<L4Table> root).Try(out _));
        Assert.True(GuestTables.TryTranslate(in root, vcpu.Context.Registers.Rsi, out Mfn page, out _));
        ulong start = MemoryMarshal.Read<StartInfo>(MemoryWorld.BytesOf(page)).ModuleStart;
        byte[] found = new byte[(bytes + 4095) & ~4095];
        for (int at = 0; at < found.Length; at += 4096)
        {
            Assert.True(GuestTables.TryTranslate(in root, start + (ulong)at, out Mfn frame, out bool isWritable) && isWritable);
            MemoryWorld.BytesOf(frame).CopyTo(found.AsSpan(at));
            Assert.Equal(isAdopted && at + 4096 <= bytes, frame == new Mfn((place >> 12) + ((uint)at >> 12)));
        }

        root.Dispose();
        Assert.True(ramdisk.AsSpan().SequenceEqual(found.AsSpan(0, bytes)));
        Assert.True(found.AsSpan(bytes).IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public void A_large_kernel_becomes_the_domains_where_it_lies()
    {
        const int Bytes = 0x20_0123;
        byte[] kernel = new byte[0x1000 + Bytes];
        new Random(6).NextBytes(kernel);
        KernelFile.Make().AsSpan(0, 0x1000).CopyTo(kernel);
        Span<byte> header = kernel.AsSpan(Marshal.SizeOf<ElfHeader>());
        ElfProgramHeader segment = MemoryMarshal.Read<ElfProgramHeader>(header);
        segment.FileBytes = Bytes;
        segment.MemoryBytes = Bytes + 0x3000;
        MemoryMarshal.Write(header, in segment);
        AddModule(KernelAt, kernel);
        Assert.True(_host.Start());
        ref Domain domain = ref DomainList.Find(new DomainId(0));
        Assert.Equal(32UL << 8, domain.Memory.Count);
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, 0);
        Assert.True(FrameRef<L4Table>.Hold(GuestCpu.RootOf(in vcpu.Context), domain.Id, out FrameRef<L4Table> root).Try(out _));
        byte[] found = new byte[0x20_4000];
        for (int at = 0; at < found.Length; at += 4096)
        {
            Assert.True(GuestTables.TryTranslate(in root, KernelFile.Start + (ulong)at, out Mfn frame, out _));
            MemoryWorld.BytesOf(frame).CopyTo(found.AsSpan(at));
            Assert.Equal(at + 4096 <= Bytes, frame == new Mfn((KernelAt >> 12) + 1 + ((uint)at >> 12)));
        }

        root.Dispose();
        Assert.True(kernel.AsSpan(0x2000).SequenceEqual(found.AsSpan(0x1000, Bytes - 0x1000)));     // the first page has the ways in
        Assert.True(found.AsSpan(Bytes).IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public void The_most_of_dom0_mem_is_the_domains_for_good()
    {
        _host.CommandLine = "dom0_mem=24M,max:48M";
        AddModule(KernelAt, KernelFile.Make());
        Assert.True(_host.Start());
        Assert.Equal(24UL << 8, DomainList.Find(new DomainId(0)).Memory.Count);
        Assert.Equal(48UL << 8, DomainList.Find(new DomainId(0)).Memory.Limit);
    }

    [Fact]
    public void More_than_the_host_has_is_said_and_cut()
    {
        _host.CommandLine = "dom0_mem=9G";
        AddModule(KernelAt, KernelFile.Make());
        Assert.True(_host.Start());
        Assert.Contains("dom0_mem asks for 9216MB", _host.Line("dom0_mem asks"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_modules_the_host_says_which_it_wants()
    {
        Assert.True(_host.Start());
        Assert.Contains("a kernel as the first module", _host.Line("No boot module"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dom0_mem=8M", "too little for a control domain: the host needs more memory, or dom0_mem asks for too little")]
    [InlineData("dom0_mem=16M", "give it more by dom0_mem=")]
    public void Too_little_memory_is_named_with_the_way_out(string line, string text)
    {
        _host.CommandLine = line;
        AddModule(KernelAt, KernelFile.Make());
        AddModule(RamdiskAt, new byte[15 << 20]);
        Assert.False(_host.Start());
        Assert.Single(_host.Lines, said => said.Contains(text, StringComparison.Ordinal));
        Assert.Equal("(XEN) Cannot go on without the control domain. Halted.", _host.Lines[^1]);
    }

    [Fact]
    public void What_is_no_kernel_is_named()
    {
        AddModule(KernelAt, new byte[9000]);
        Assert.False(_host.Start());
        Assert.Contains("not a 64-bit kernel for Xen's PV interface", _host.Line("cannot be built"), StringComparison.Ordinal);
        Assert.Single(_host.Lines, said => said.Contains("the first boot module must be a Linux kernel", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gzip", "-c", "gzip: a checksum is wrong")]
    [InlineData("zstd", "-qc --check", "zstd: a checksum is wrong")]
    public void A_damaged_kernel_is_named(string tool, string options, string text)
    {
        byte[] packed = Tools.Run(tool, $"{options} {(tool == "zstd" ? $"--stream-size={KernelFile.Make().Length}" : "")}", KernelFile.Make());
        packed[^(tool == "gzip" ? 6 : 1)] ^= 1;
        AddModule(KernelAt, packed);
        Assert.False(_host.Start());
        Assert.Contains(text, _host.Line("cannot unpack its kernel"), StringComparison.Ordinal);
        Assert.Single(_host.Lines, said => said.Contains("copy it to the boot device anew", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("425a6839", "bzip2")]
    [InlineData("5d00000080", "lzma")]
    [InlineData("02214c18", "lz4")]
    public void A_way_of_packing_that_is_not_known_is_named(string magic, string name)
    {
        AddModule(KernelAt, [.. Convert.FromHexString(magic), .. new byte[600]]);
        Assert.False(_host.Start());
        Assert.Contains($"{name}: not a way of packing that is known here", _host.Line("cannot unpack its kernel"), StringComparison.Ordinal);
        Assert.Single(_host.Lines, said => said.Contains("use a kernel packed by gzip, xz or zstd", StringComparison.Ordinal));
    }

    [Fact]
    public void A_ramdisk_that_is_cut_short_is_named_and_the_domain_starts()
    {
        AddModule(KernelAt, KernelFile.Make());
        AddModule(RamdiskAt, [.. "0707010000000200008"u8, .. Enumerable.Repeat((byte)'1', 300)]);
        Assert.True(_host.Start());
        Assert.Contains("boot module 1 of 319 bytes, is cut short", _host.Line("ramdisk"), StringComparison.Ordinal);
    }

    private static byte[] Pixels()
    {
        byte[] body = new byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(body, 0xfd000000);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(8), 4096);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(12), 1024);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(16), 768);
        body[20] = 32;
        body[21] = 1;
        return body;
    }

    private void AddModule(uint start, byte[] bytes)
    {
        _host.Machine.Firmware.Add((start, bytes));
        _host.Tags.Add(LoaderImage.Module(start, start + (uint)bytes.Length, ""));
    }
}
