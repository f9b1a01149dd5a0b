using System.Collections.Generic;
using CsCheck;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>The walker, over a format whose empty entry is not zero and whose bits move with the level.</summary>
public sealed class PageTablesTests
{
    private static readonly HostLinear s_place = AddressSpace.Devices;

    [Fact]
    public void Mapping_and_unmapping_agree_with_a_dictionary() =>
        Gen.Select(Gen.Int[0, 2047], Gen.Int[1, 1500], Gen.Int[0, 5000], Gen.Bool, Gen.Int[0, 3]).Array[1, 25].Sample(
            steps =>
            {
                using MemoryWorld world = new();
                Dictionary<int, (ulong Frame, PageAccess Access)> model = [];
                foreach ((int page, int pages, int frame, bool maps, int access) in steps)
                {
                    HostLinear start = s_place + ((ulong)page << PageSize.Shift);
                    if (maps)
                    {
                        Assert.True(HostTables.Map(start, new FrameRange(new Mfn((ulong)frame), (ulong)pages), (PageAccess)access).Try(out _));
                    }
                    else
                    {
                        Assert.True(HostTables.Unmap(NoLocks.Held, start, (ulong)pages).Try(out _));
                    }

                    for (int index = 0; index < pages; index++)
                    {
                        model.Remove(page + index);
                        if (maps)
                        {
                            model.Add(page + index, ((ulong)(frame + index), (PageAccess)access));
                        }
                    }
                }

                for (int page = 0; page < 4096; page++)
                {
                    bool found = HostTables.TryTranslate(s_place + ((ulong)page << PageSize.Shift) + 123, out Translation translation);
                    Assert.Equal(model.TryGetValue(page, out (ulong Frame, PageAccess Access) expected), found);
                    if (found)
                    {
                        Assert.Equal(expected.Frame, translation.Address.Frame.Value);
                        Assert.Equal(123, translation.Address.Offset);
                        Assert.Equal(expected.Access, translation.Access);
                    }
                }
            },
            iter: 40);

    [Fact]
    public void Aligned_runs_use_large_pages()
    {
        using MemoryWorld world = new();
        Assert.True(HostTables.Map(s_place, new FrameRange(new Mfn(0x400), 0x201), PageAccess.Write).Try(out _));
        Assert.True(HostTables.TryTranslate(s_place + 0x1f_ffff, out Translation large));
        Assert.Equal(2, large.Level);
        Assert.True(HostTables.TryTranslate(s_place + 0x20_0000, out Translation small));
        Assert.Equal(1, small.Level);
        Assert.Equal(0x600UL, small.Address.Frame.Value);
    }

    [Fact]
    public void Without_memory_for_tables_nothing_stays_mapped()
    {
        using MemoryWorld world = new();
        FrameAllocator.FailEvery(2);
        Assert.False(HostTables.Map(s_place + 0x1000, new FrameRange(new Mfn(0x401), 0x100), PageAccess.Write).Try(out Errno error));
        FrameAllocator.FailEvery(0);
        Assert.Equal(Errno.NoMem, error);
        Assert.False(HostTables.TryTranslate(s_place + 0x1000, out _));
    }

    [Fact]
    public void The_direct_map_covers_memory_above_four_gibibytes()
    {
        FrameRange high = new(new Mfn(0x12_3456), 0x1111);
        using MemoryWorld world = new(MemoryWorld.OneGranule, high);
        foreach (Mfn frame in new[] { high.First, high.First + 0x1000, new Mfn(high.End.Value - 1) })
        {
            Assert.True(HostTables.TryTranslate(DirectMap.LinearOf(frame.Start), out Translation translation));
            Assert.True(translation.Address.Frame == frame);
        }
    }
}
