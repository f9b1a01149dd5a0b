using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>A page that a domain owns and may map writable, and that the hypervisor uses for as long as the domain lives: shared info, for one.</summary>
/// <remarks>It lies in its domain, is never copied, and is charged to the domain though not on its list of frames. The hypervisor's hold as
/// writable keeps it from ever becoming a page table.</remarks>
public unsafe struct SharedPage
{
    private Mfn _frame;
    private ulong _start;

    /// <summary>True between <see cref="Allocate"/> and <see cref="Release"/>.</summary>
    public readonly bool Exists => _frame.Value != 0;

    /// <summary>What the guest maps.</summary>
    public readonly Mfn Frame => _frame;

    /// <summary>Takes a cleared page. ENOMEM; EEXIST when there is one already.</summary>
    /// <typeparam name="TOuter">A lock of the domain's.</typeparam>
    /// <param name="held">It.</param>
    /// <param name="owner">The domain.</param>
    public Result Allocate<TOuter>(scoped in Locked<TOuter> held, DomainId owner)
        where TOuter : IBefore<HeapRank>
    {
        if (Exists)
        {
            return Errno.Exist;
        }

        if (!FrameAllocator.AllocateForDomain(held, owner, PageOrder.Small, FrameOptions.None).Try(out Mfn frame, out Errno error))
        {
            return error;
        }

        ref FrameInfo info = ref FrameTable.Of(frame);
        info.Count = 1;
        Bug.Unless(FrameCounts.HoldType(ref info, FrameType.Writable).Try(out _));
        _frame = frame;
        _start = (ulong)DirectMap.Pointer(frame.Start);
        return Result.Success;
    }

    /// <summary>The page as a structure. The guest writes it at any time: what is read is read once and checked.</summary>
    /// <typeparam name="T">Plain data, at most a page.</typeparam>
    /// <remarks>Safety: allocated where the direct map reaches, and held until <see cref="Release"/>; the reference ends with the visit.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref T As<T>()
        where T : unmanaged, IAbiData
    {
        Bug.Unless(_start != 0 && sizeof(T) <= PageSize.Bytes);
        return ref Unsafe.AsRef<T>((void*)_start);
    }

    /// <summary>Gives the page up; it is freed when no table of the guest maps it any more.</summary>
    public void Release()
    {
        if (Exists)
        {
            FrameTable.Of(_frame).Owner = DomainId.Invalid;    // others may still map it when the id is used again
            FrameRef<Writable>.Release(_frame);
            _frame = default;
            _start = 0;
        }
    }
}
