using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO;
using Sharpen.Hypervisor.Unpacking;
using Sharpen.Machine.Memory;
using Sharpen.Unit.Memory;
using Xunit;
using Xunit.Abstractions;

namespace Sharpen.Unit.Unpacking;

/// <summary>Kernels in the forms that distributions give them.</summary>
public sealed class PackedKernelTests : MachineTest
{
    private static readonly byte[] s_kernel = [0x7f, (byte)'E', (byte)'L', (byte)'F', .. Tools.Mixed(9, 50_000)];

    private readonly ITestOutputHelper _output;

    public PackedKernelTests(ITestOutputHelper output)
    {
        _output = output;
        Assert.True(MemoryBoot.Initialise([MemoryWorld.OneGranule]).Try(out _));
    }

    [Fact]
    public void A_plain_kernel_is_left_alone()
    {
        Assert.True(PackedKernel.TryRead(s_kernel, out PackedKernel kernel, out _));
        Assert.Equal(PackedFormat.None, kernel.Format);
        Assert.True(s_kernel.AsSpan().SequenceEqual(kernel.Plain));
    }

    [Fact]
    public void A_zipped_kernel_is_unpacked()
    {
        Unpack(Tools.Run("gzip", "-c", s_kernel));
        Unpack(Image(Tools.Run("gzip", "-c", s_kernel)));
    }

    [Fact]
    public void The_kernel_of_an_image_is_unpacked()
    {
        byte[] packed = Tools.Run("xz", "-c --check=crc32 --x86 --lzma2=dict=32MiB", s_kernel);
        Unpack(Image(Sized(packed)));
        Unpack(Image(Sized(packed), sectors: 0));
    }

    [Fact]
    public void A_kernel_packed_by_zstd_is_unpacked()
    {
        foreach (string options in new[] { "-1", "-19", "-22 --ultra" })
        {
            byte[] packed = Tools.Run("zstd", $"-qc {options}", s_kernel);
            Unpack(Image(Sized(packed)));
            Unpack(Tools.Run("zstd", $"-qc {options} --stream-size={s_kernel.Length}", s_kernel));
        }
    }

    [Fact]
    public void An_image_that_ends_before_its_kernel_is_told()
    {
        byte[] image = Image(Sized(Tools.Run("xz", "-c", s_kernel)));
        Assert.False(PackedKernel.TryRead(image.AsSpan(0, image.Length - 1), out _, out UnpackFault fault));
        Assert.Equal(UnpackFault.Truncated, fault);
        image.AsSpan(0x248, 8).Fill(0xff);
        Assert.False(PackedKernel.TryRead(image, out _, out fault));
        Assert.Equal(UnpackFault.Truncated, fault);
    }

    [Fact]
    public void A_wrong_length_behind_the_stream_is_told()
    {
        byte[] image = Image([.. Tools.Run("xz", "-c", s_kernel), 0, 0, 1, 0]);
        Assert.True(PackedKernel.TryRead(image, out PackedKernel kernel, out _));
        Assert.False(kernel.TryUnpack(new byte[65536], out UnpackFault fault));
        Assert.Equal(UnpackFault.BadLength, fault);
    }

    [Theory]
    [InlineData("425a6839", "bzip2")]
    [InlineData("5d00000080", "lzma")]
    [InlineData("894c5a4f", "lzo")]
    [InlineData("02214c18", "lz4")]
    public void Other_packers_are_named(string magic, string name)
    {
        Assert.False(PackedKernel.TryRead(Image([.. Convert.FromHexString(magic), .. new byte[100]]), out PackedKernel kernel, out UnpackFault fault));
        Assert.Equal(UnpackFault.Unsupported, fault);
        Assert.Equal(name, PackedFormats.NameOf(kernel.Format));
    }

    [Fact]
    public void An_old_boot_protocol_and_every_short_file_are_refused()
    {
        byte[] image = Image(Sized(Tools.Run("xz", "-c", s_kernel)));
        for (int length = 0; length < 2000; length++)
        {
            _ = PackedKernel.TryRead(image.AsSpan(0, length), out _, out _);
        }

        image[0x206] = 7;
        Assert.False(PackedKernel.TryRead(image, out _, out UnpackFault fault));
        Assert.Equal(UnpackFault.Unsupported, fault);
    }

    /// <summary>Debian's own kernel, when the system that boots as dom0 has been made (eng/dom0.sh); says how fast.</summary>
    [Fact]
    public void Debians_kernel_comes_out_as_xz_has_it()
    {
        string? dom0 = Dom0();
        if (dom0 == null)
        {
            return;
        }

        byte[] file = File.ReadAllBytes(Path.Combine(dom0, "vmlinuz"));
        byte[] expected = File.ReadAllBytes(Path.Combine(dom0, "vmlinux"));
        byte[] destination = new byte[expected.Length];
        for (int round = 0; round < 3; round++)
        {
            Assert.True(PackedKernel.TryRead(file, out PackedKernel kernel, out _));
            Stopwatch watch = Stopwatch.StartNew();
            Assert.True(kernel.TryUnpack(destination, out UnpackFault fault), fault.ToString());
            _output.WriteLine($"{expected.Length} bytes in {watch.ElapsedMilliseconds} ms: {expected.Length / 1e6 / watch.Elapsed.TotalSeconds:F0} MB/s");
        }

        Assert.True(expected.AsSpan().SequenceEqual(destination));
    }

    private static void Unpack(byte[] file)
    {
        Assert.True(PackedKernel.TryRead(file, out PackedKernel kernel, out _));
        Assert.Equal((ulong)s_kernel.Length, kernel.Length);
        byte[] destination = new byte[s_kernel.Length + 4096];
        Assert.True(kernel.TryUnpack(destination, out UnpackFault fault), fault.ToString());
        Assert.True(s_kernel.AsSpan().SequenceEqual(destination.AsSpan(0, s_kernel.Length)));
    }

    private static byte[] Sized(byte[] packed) => [.. packed, .. BitConverter.GetBytes(s_kernel.Length)];

    private static byte[] Image(byte[] payload, byte sectors = 3)
    {
        byte[] image = new byte[((sectors == 0 ? 4 : sectors) * 512) + 512 + 100 + payload.Length];
        image[0x1f1] = sectors;
        image[0x1fe] = 0x55;
        image[0x1ff] = 0xaa;
        "HdrS"u8.CopyTo(image.AsSpan(0x202));
        image[0x206] = 0x0f;
        image[0x207] = 2;
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(0x248), 100);
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(0x24c), payload.Length);
        payload.CopyTo(image, image.Length - payload.Length);
        return image;
    }

    private static string? Dom0()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            string dom0 = Path.Combine(folder.FullName, "out/dom0");
            if (File.Exists(Path.Combine(dom0, "vmlinuz")) && File.Exists(Path.Combine(dom0, "vmlinux")))
            {
                return dom0;
            }
        }

        return null;
    }
}
