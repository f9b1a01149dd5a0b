using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Events;

/// <summary>The queues of one vCPU: their heads in the guest's page, their tails here. Under its domain's event lock.</summary>
public struct EventQueues
{
    /// <summary>How many there are, one for each urgency (<c>EVTCHN_FIFO_MAX_QUEUES</c>).</summary>
    public const int Count = 16;

    private KeptPage _page;
    private int _offset;
    private Fixed16<uint> _tails;

    /// <summary>True once the guest has said where the heads are.</summary>
    public readonly bool Exist => _page.Exists;

    /// <summary>Takes the place of the heads. <see cref="Errno.Inval"/>: there is one, it does not fit a page, is not aligned, or not a page of that domain; <see cref="Errno.Busy"/>: a page table.</summary>
    public Result Begin(Mfn frame, uint offset, DomainId owner)
    {
        if (Exist || offset > (uint)(PageSize.Bytes - Layout.SizeOf<EventControlBlock>()) || (offset & 7) != 0)
        {
            return Errno.Inval;
        }

        Result kept = _page.Keep(frame, owner);
        if (kept.Try(out _))
        {
            _offset = (int)offset;
            Block = default;
        }

        return kept;
    }

    /// <summary>The last port that was put into a queue; the guest may have taken it since.</summary>
    [UnscopedRef]
    internal ref uint Tail(int priority) => ref _tails[priority];

    /// <summary>Makes a port the first of a queue. True when the guest did not know that the queue has events.</summary>
    internal bool TryBeginQueue(int priority, uint port)
    {
        Span<uint> heads = Layout.Items<HalfWords16, uint>(ref Block.Heads);
        Volatile.Write(ref heads[priority], port);
        uint bit = 1U << priority;
        return (Interlocked.Or(ref Block.Ready, bit) & bit) == 0;
    }

    /// <summary>Gives the page up.</summary>
    public void Release()
    {
        _page.Release();
        this = default;
    }

    private ref EventControlBlock Block => ref _page.As<EventControlBlock>(_offset);
}
