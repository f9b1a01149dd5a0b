using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Toolstack.Building;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Building;

/// <summary>Builds guests into plain memory, and walks their page tables as a processor would.</summary>
public sealed class PvImageTests
{
    private const ulong FirstFrame = 0x40000;

    [Theory]
    [InlineData(null, 4096)]
    [InlineData(null, 300)]
    [InlineData(0xffff_8880_0000_0000, 4096)]
    [InlineData(0xffff_ffff_8020_0000, 4096)]
    public void Every_page_is_mapped_where_the_guest_expects_it(ulong? initialP2m, int pages)
    {
        var guest = Build(KernelWorld.Kernel(initialP2m), new byte[5000], pages);
        for (ulong page = 0; page < guest.Layout.MappedEnd; page++)
        {
            bool isTable = page >= guest.Layout.Tables && page < guest.Layout.Tables + guest.Layout.TablePages;
            bool isHidden = initialP2m is { } hidden && guest.Layout.Address(page) >= hidden && guest.Layout.Address(page) < hidden + (guest.Layout.P2mPages * 4096);
            if (!isHidden)
            {
                Assert.Equal((FirstFrame + page, !isTable), guest.Walk(guest.Layout.Address(page)));
            }
        }

        for (ulong page = 0; page < guest.Layout.P2mPages; page++)
        {
            Assert.Equal((FirstFrame + guest.Layout.P2m + page, true), guest.Walk(guest.Start.MfnList + (page * 4096)));
        }
    }

    [Fact]
    public void The_guest_is_told_what_it_has()
    {
        byte[] ramdisk = [.. Enumerable.Range(0, 5000).Select(static i => (byte)(i % 251))];
        var guest = Build(KernelWorld.Kernel(), ramdisk, 1024);
        var magic = guest.Start.Magic;
        Assert.Equal("xen-3.0-x86_64"u8.ToArray(), MemoryMarshal.AsBytes(new ReadOnlySpan<Bytes32>(in magic))[..14].ToArray());
        Assert.Equal(1024u, guest.Start.PageCount);
        Assert.Equal((77u, 88u), (guest.Start.StorePort, guest.Start.ConsolePort));
        Assert.Equal(99u * 4096, guest.Start.SharedInfoAddress);
        Assert.Equal(FirstFrame + guest.Layout.Store, guest.Start.StoreMfn);
        Assert.Equal((ulong)ramdisk.Length, guest.Start.ModuleBytes);
        int at = (int)(guest.Start.ModuleStart - KernelWorld.Base);
        Assert.Equal(ramdisk, guest.Memory.AsSpan(at, ramdisk.Length).ToArray());
        Assert.Equal(Enumerable.Range(0, 1024).Select(static i => FirstFrame + (ulong)i), MemoryMarshal.Cast<byte, ulong>(guest.Memory.AsSpan((int)guest.Layout.P2m * 4096, 1024 * 8)).ToArray());
    }

    [Fact]
    public void What_the_kernels_file_has_not_is_zero()
    {
        var guest = Build(KernelWorld.Kernel(), [], 1024);
        int load = (int)KernelWorld.Load;
        Assert.True(guest.Memory.AsSpan(0, load).IndexOfAnyExcept((byte)0) < 0);
        Assert.True(guest.Memory.AsSpan(load, 0x2000).IndexOfAnyExcept((byte)0x5a) < 0);
        Assert.True(guest.Memory.AsSpan(load + 0x2000, 0x1000).IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public void A_guest_too_small_for_its_kernel_is_told_so()
    {
        var kernel = ElfKernel.Parse(KernelWorld.Kernel());
        var exception = Assert.Throws<ImageException>(() => PvLayout.Find(kernel, 0, 200));
        Assert.Contains("raise memory", exception.Message, StringComparison.Ordinal);
    }

    private static Guest Build(byte[] file, byte[] ramdisk, int pages)
    {
        var kernel = ElfKernel.Parse(file);
        var layout = PvLayout.Find(kernel, (ulong)ramdisk.Length, (ulong)pages);
        byte[] memory = new byte[pages * 4096];
        Array.Fill(memory, (byte)0xee);
        memory.AsSpan(0, (int)layout.First * 4096).Clear();
        ulong[] frames = [.. Enumerable.Range(0, pages).Select(static i => FirstFrame + (ulong)i)];
        new PvImage(kernel, ramdisk, "hello", layout).Write(memory.AsSpan()[((int)layout.First * 4096)..((int)layout.End * 4096)], frames, new PvStart(99, 77, 88));
        return new Guest(layout, memory, MemoryMarshal.Read<StartInfo>(memory.AsSpan((int)layout.StartInfo * 4096, Unsafe.SizeOf<StartInfo>())));
    }

    private sealed record Guest(PvLayout Layout, byte[] Memory, StartInfo Start)
    {
        internal (ulong Frame, bool IsWritable) Walk(ulong address)
        {
            ulong table = FirstFrame + Layout.Tables;
            ulong entry = 0;
            for (int level = 3; level >= 0; level--)
            {
                int at = ((int)(table - FirstFrame) * 4096) + ((int)((address >> (12 + (level * 9))) & 511) * 8);
                entry = MemoryMarshal.Read<ulong>(Memory.AsSpan(at));
                Assert.Equal(0x65u, (uint)entry & 0x65);
                table = entry >> 12;
            }

            return (table, (entry & 2) != 0);
        }
    }
}
