using System;
using CsCheck;
using Sharpen.Abi;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Simulation.Core;
using Xunit;

namespace Sharpen.Unit.Pv;

/// <summary>Reading a kernel's file, sound or spoilt.</summary>
public class KernelImageTests
{
    [Fact]
    public void A_sound_file_says_where_everything_is()
    {
        Assert.True(KernelImage.Read(KernelFile.Make(), out KernelImage image).Try(out _));
        Assert.True(image.Notes.IsForXen);
        Assert.Equal(KernelFile.Base, image.Notes.VirtualBase);
        Assert.Equal(KernelFile.Start, image.Notes.HypercallPage);
        Assert.Equal(1, image.Count);
        Assert.Equal(0x1000, image.Segment(0, out ElfProgramHeader segment).Length);
        Assert.Equal(KernelFile.Pages << 12, segment.MemoryBytes);
    }

    [Fact]
    public void Its_region_holds_everything_in_the_order_of_the_header_and_ends_on_four_megabytes()
    {
        Assert.True(KernelImage.Read(KernelFile.Make(), out KernelImage image).Try(out _));
        Assert.True(StartLayout.Plan(in image, 4096, out StartLayout layout).Try(out _));
        Assert.Equal(256UL + KernelFile.Pages, layout.MfnList);
        Assert.Equal(8UL, layout.MfnListPages);
        Assert.Equal(layout.MfnList + 8, layout.StartInfo);
        Assert.Equal(layout.StartInfo + 1, layout.Tables);
        Assert.Equal(1UL + 1 + 1 + 2, layout.TableCount);
        Assert.Equal(layout.Tables + layout.TableCount, layout.Stack);
        Assert.Equal(1024UL, layout.End);
        Assert.Equal(Errno.NoMem, StartLayout.Plan(in image, 1023, out _).Error);
    }

    [Fact]
    public void A_spoilt_file_is_refused_or_read_but_never_trusted() =>
        Gen.Select(Gen.Int[0, 0x300], Gen.ULong, Gen.Int[0, 0x2000]).Sample(
            (at, value, length) =>
            {
                byte[] file = KernelFile.Make().AsSpan(0, length).ToArray();
                if (at + 8 <= file.Length)
                {
                    BitConverter.TryWriteBytes(file.AsSpan(at), value);
                }

                if (KernelImage.Read(file, out KernelImage image).Try(out _) && StartLayout.Plan(in image, 4096, out StartLayout layout).Try(out _))
                {
                    Assert.True(layout.End <= 4096);
                    for (int index = 0; index < image.Count; index++)
                    {
                        Assert.True((ulong)image.Segment(index, out ElfProgramHeader segment).Length <= segment.MemoryBytes);
                    }
                }
            },
            iter: 20_000);
}
