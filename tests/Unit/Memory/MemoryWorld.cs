using System;
using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Simulation;
using Sharpen.Machine.Time;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>A simulated machine of its own whose memory is up, and shorthand for what tests do with it.</summary>
internal sealed class MemoryWorld : IDisposable
{
    /// <summary>256 MiB at a strange place below 4 GiB: exactly one granule of the frame table.</summary>
    public static readonly FrameRange OneGranule = new(new Mfn(0x7_0000), 0x1_0000);

    private readonly SimulatedMachine _machine;

    public MemoryWorld(params FrameRange[] ram)
        : this(new SimulatedMachine(), ram)
    {
    }

    public MemoryWorld(SimulatedMachine machine, params FrameRange[] ram)
    {
        _machine = machine;
        machine.Bind();
        Quiescence.Join();
        Assert.True(MemoryBoot.Initialise(ram.Length == 0 ? [OneGranule] : ram).Try(out _));
    }

    public SimulatedMachine Machine => _machine;

    public static ulong FreeFrames => FrameAllocator.Statistics.FreeFrames;

    /// <summary>How many free blocks of each order there are.</summary>
    public static List<int> Shape
    {
        get
        {
            List<int> shape = [];
            for (int order = 0; order <= PageOrder.Max.Value; order++)
            {
                shape.Add(FrameAllocator.CountFree(new PageOrder(order)));
            }

            return shape;
        }
    }

    /// <summary>There can be domains, scheduled by credit2, after this.</summary>
    public static void BeginDomains()
    {
        Assert.True(DomainList.Initialise().Try(out _));
        Dispatcher.Initialise(SchedulerKind.Credit2, Duration.FromMicroseconds(1000));
    }

    /// <summary>Lets the reaper finish, gives slabs back, and counts what is free then.</summary>
    public static ulong Settle()
    {
        for (int turn = 0; turn < 1000 && Reaper.HasWork; turn++)
        {
            Reaper.Work();
        }

        Assert.False(Reaper.HasWork);
        Quiescence.Leave();
        _ = DomainList.Trim();
        Quiescence.Enter();
        return FreeFrames;
    }

    public static Mfn Allocate(int order = 0, FrameOptions options = FrameOptions.None)
    {
        Assert.True(FrameAllocator.AllocateForHost(new PageOrder(order), options).Try(out Mfn block, out Errno error), $"{error}");
        return block;
    }

    public static void Free(Mfn block, int order = 0) => FrameAllocator.Free(NoLocks.Held, block, new PageOrder(order));

    /// <summary>Makes the parts of our tables exist that describe memory of a kind, so that free frames can be counted from here on.</summary>
    public static void TouchForDomain(FrameOptions options = FrameOptions.None)
    {
        Assert.True(FrameAllocator.AllocateForDomain(NoLocks.Held, new DomainId(1), PageOrder.Small, options).Try(out Mfn frame, out _));
        FrameCounts.Unlist(ref FrameTable.Of(frame));
    }

    public static Span<byte> BytesOf(Mfn frame) => DirectMap.BytesOf(frame);

    public void Dispose() => _machine.Dispose();
}
