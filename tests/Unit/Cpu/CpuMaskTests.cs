using System;
using System.Collections.Generic;
using System.Linq;
using Sharpen.Machine.Cpu;
using Xunit;

namespace Sharpen.Unit.Cpu;

/// <summary>Sets of CPUs against a model.</summary>
public sealed class CpuMaskTests
{
    [Fact]
    public void A_set_behaves_as_a_set()
    {
        Random random = new(1);
        CpuMask mask = default;
        SortedSet<int> model = [];
        for (int step = 0; step < 5_000; step++)
        {
            int cpu = random.Next(CpuId.Limit);
            if (random.Next(3) > 0)
            {
                mask.Add(new CpuId(cpu));
                model.Add(cpu);
            }
            else
            {
                mask.Remove(new CpuId(cpu));
                model.Remove(cpu);
            }

            int probe = random.Next(CpuId.Limit);
            Assert.Equal(model.Contains(probe), mask.Has(new CpuId(probe)));
            IEnumerable<int> later = model.GetViewBetween(probe, CpuId.Limit);
            Assert.Equal(later.Any(), mask.TryNext(probe, out CpuId next));
            Assert.True(!later.Any() || next.Value == later.First());
        }

        Assert.Equal(model.Count, mask.Count);
    }

    [Fact]
    public void Sixteen_at_a_time_are_the_right_sixteen()
    {
        CpuMask mask = default;
        mask.Add(new CpuId(0));
        mask.Add(new CpuId(17));
        mask.Add(new CpuId(4095));
        Assert.Equal(1, mask.Sixteen(0));
        Assert.Equal(2, mask.Sixteen(1));
        Assert.Equal(0x8000, mask.Sixteen(255));
    }

    [Fact]
    public void Past_the_last_CPU_there_is_none()
    {
        CpuMask mask = default;
        mask.Fill();
        Assert.Equal(CpuId.Limit, mask.Count);
        Assert.False(mask.TryNext(CpuId.Limit, out _));
        mask.Clear();
        Assert.True(mask.IsEmpty);
    }

    [Fact]
    public void Intersections_keep_what_is_in_both()
    {
        CpuMask left = default, right = default;
        left.Add(new CpuId(3));
        left.Add(new CpuId(70));
        right.Add(new CpuId(70));
        Assert.True(left.Overlaps(in right));
        left.IntersectWith(in right);
        Assert.Equal(1, left.Count);
        left.Remove(new CpuId(70));
        Assert.False(left.Overlaps(in right));
    }
}
