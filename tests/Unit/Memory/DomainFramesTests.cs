using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>The list of what a domain owns.</summary>
public sealed class DomainFramesTests
{
    private static readonly DomainId s_guest = new(3);

    [Fact]
    public void A_block_may_end_with_the_highest_frame_number()
    {
        const ulong Block = 4096;    // so many at once are taken whole, without a table among them
        FrameRange top = new(new Mfn((1UL << 32) - FrameTable.GranuleFrames), FrameTable.GranuleFrames);
        using MemoryWorld world = new(new SimulatedMachine { FrameLimit = 1UL << 32, DirectMapFrames = 5UL << 28 }, MemoryWorld.OneGranule, top);
        SpinLock<DomainRank> guard = default;
        using Locked<DomainRank> held = guard.Enter(NoLocks.Held);
        DomainFrames frames = default;
        ulong blocks = 0;
        bool hasTop = false;
        while (frames.Allocate(in held, s_guest, new PageOrder(12)).Try(out Mfn block, out _))
        {
            blocks++;
            hasTop |= block.Value == (1UL << 32) - Block;
        }

        Assert.True(hasTop);
        Assert.Equal(blocks * Block, frames.Count);
        Assert.Equal(Errno.None, frames.Relinquish(in held, int.MaxValue).Error);
        Assert.Equal(0UL, frames.Count);
    }
}
