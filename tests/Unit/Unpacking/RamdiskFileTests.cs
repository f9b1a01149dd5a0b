using System;
using System.Collections.Generic;
using System.Text;
using Sharpen.Hypervisor.Unpacking;
using Xunit;

namespace Sharpen.Unit.Unpacking;

/// <summary>A ramdisk that was copied in part only is noticed; one that cannot be judged is not blamed.</summary>
public class RamdiskFileTests
{
    [Fact]
    public void A_whole_archive_is_whole_and_any_part_of_it_is_not()
    {
        byte[] archive = Archive(5);
        Assert.False(RamdiskFile.IsCutShort(archive));
        for (int length = 6; length < archive.Length; length++)
        {
            Assert.True(RamdiskFile.IsCutShort(archive.AsSpan(0, length)), $"{length} of {archive.Length}");
        }
    }

    [Fact]
    public void Archives_zeros_and_a_packed_one_may_follow()
    {
        byte[] xz = Tools.Run("xz", "-c", Archive(40));
        byte[] gzip = Tools.Run("gzip", "-c", Archive(40));
        Assert.False(RamdiskFile.IsCutShort([.. Archive(2), .. new byte[512], .. Archive(3)]));
        Assert.True(RamdiskFile.IsCutShort([.. Archive(2), .. new byte[512], .. Archive(3)[..^200]]));
        Assert.False(RamdiskFile.IsCutShort([.. Archive(2), .. xz]));
        Assert.True(RamdiskFile.IsCutShort([.. Archive(2), .. xz[..^9]]));
        Assert.False(RamdiskFile.IsCutShort([.. xz, 0, 0, 0, 0]));
        Assert.False(RamdiskFile.IsCutShort([.. Archive(2), .. gzip]));
        Assert.False(RamdiskFile.IsCutShort(gzip));
        Assert.False(RamdiskFile.IsCutShort([]));
    }

    [Fact]
    public void Any_bytes_are_looked_at_without_harm()
    {
        Random random = new(8);
        byte[] archive = Archive(6);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] spoilt = [.. archive.AsSpan(0, random.Next(archive.Length))];
            for (int count = random.Next(4); count > 0 && spoilt.Length > 0; count--)
            {
                spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
            }

            _ = RamdiskFile.IsCutShort(spoilt);
        }
    }

    private static byte[] Archive(int files)
    {
        List<byte> bytes = [];
        for (int index = 0; index <= files; index++)
        {
            bool isEnd = index == files;
            string name = isEnd ? "TRAILER!!!" : $"file{index}";
            int length = isEnd ? 0 : index * 37;
            bytes.AddRange(Encoding.ASCII.GetBytes(
                $"070701{index:x8}000081a4{0:x8}{0:x8}{1:x8}{0:x8}{length:x8}{0:x8}{0:x8}{0:x8}{0:x8}{name.Length + 1:x8}{0:x8}{name}\0"));
            Pad(bytes);
            bytes.AddRange(Tools.Mixed(index, length));
            Pad(bytes);
        }

        return [.. bytes];
    }

    private static void Pad(List<byte> bytes)
    {
        while (bytes.Count % 4 != 0)
        {
            bytes.Add(0);
        }
    }
}
