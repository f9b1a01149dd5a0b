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
        Assert.True(StartLayout.Plan(in image, 4096, 0, out StartLayout layout).Try(out _));
        Assert.Equal(256UL + KernelFile.Pages, layout.MfnList);
        Assert.Equal(8UL, layout.MfnListPages);
        Assert.Equal(layout.MfnList + 8, layout.StartInfo);
        Assert.Equal(layout.StartInfo + 1, layout.Tables);
        Assert.Equal(1UL + 1 + 1 + 2, layout.TableCount);
        Assert.Equal(layout.Tables + layout.TableCount, layout.Stack);
        Assert.Equal(1024UL, layout.End);
        Assert.Equal(Errno.NoMem, StartLayout.Plan(in image, 1023, 0, out _).Error);
    }

    [Fact]
    public void A_ramdisk_and_a_list_that_the_kernel_wants_elsewhere_lie_behind_its_region()
    {
        byte[] file = KernelFile.Make((ElfNote.InitP2m, 0x80_0000_0000), (ElfNote.ModStartPfn, 1));
        Assert.True(KernelImage.Read(file, out KernelImage image).Try(out _));
        Assert.True(StartLayout.Plan(in image, 1 << 18, 3 << 12, out StartLayout layout).Try(out _));
        Assert.Equal(256UL + KernelFile.Pages, layout.StartInfo);
        Assert.Equal(layout.End, layout.Ramdisk);
        Assert.Equal(3UL, layout.RamdiskPages);
        Assert.True(layout.HasListRegion);
        Assert.Equal(layout.Ramdisk + 3, layout.List.Tables);
        Assert.Equal(3UL, layout.List.TableCount);
        Assert.Equal(layout.List.Tables + 3, layout.MfnList);
        Assert.Equal(512UL, layout.List.Pages);
        Assert.Equal(layout.List.FirstTableAt(1), layout.List.TableOf(1, 0x80_001f_f000));
    }

    [Fact]
    public void A_list_may_not_be_wanted_where_the_kernel_or_the_hypervisor_is()
    {
        foreach (ulong address in new ulong[] { KernelFile.Base, 0xffff_8000_0000_0000, 0xffff_87ff_ffff_f000, 0x7fff_ffff_f000, 0x80_0000_0001 })
        {
            Assert.True(KernelImage.Read(KernelFile.Make((ElfNote.InitP2m, address)), out KernelImage image).Try(out _));
            Assert.Equal(Errno.Inval, StartLayout.Plan(in image, 1 << 18, 0, out _).Error);
        }
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

                if (KernelImage.Read(file, out KernelImage image).Try(out _) && StartLayout.Plan(in image, 4096, 0, out StartLayout layout).Try(out _))
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
