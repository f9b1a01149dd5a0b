using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>Values by index, in pages of the hypervisor's own that are taken as they are needed and given up together. Lies in its owner; never copied.</summary>
/// <typeparam name="T">The value; never one that straddles a page.</typeparam>
/// <remarks>Under its owner's lock. Safety: directory and pages are blocks that only this store knows; an index is compared with what there is.</remarks>
public unsafe struct HostRows<T>
    where T : unmanaged
{
    private ulong* _directory;
    private int _pages;
    private int _most;

    /// <summary>How many values fit into a page.</summary>
    public static int PerPage => PageSize.Bytes / sizeof(T);

    /// <summary>True between <see cref="Initialise"/> and <see cref="Release"/>.</summary>
    public readonly bool Exists => _directory != null;

    /// <summary>How many values there are; indices are below it.</summary>
    public readonly int Count => unchecked(_pages * PerPage);

    /// <summary>The most values that there can be.</summary>
    public readonly int Capacity => _most * PerPage;

    /// <summary>Frames that it takes at present, of the hypervisor's own.</summary>
    public readonly ulong Frames => Exists ? (ulong)(uint)_pages + Order.Frames : 0;

    private readonly PageOrder Order => PageOrder.ForBytes((ulong)(uint)_most * sizeof(ulong));

    /// <summary>One value. An index out of range is a bug of ours.</summary>
    public readonly ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            uint page = unchecked((uint)index) / (uint)PerPage;
            Bug.Unless(page < unchecked((uint)_pages));
            return ref *unchecked((T*)_directory[(nuint)page] + (nuint)(unchecked((uint)index) % (uint)PerPage));
        }
    }

    /// <summary>Sets the limit and takes the directory. ENOMEM; EINVAL: not a number of pages, or done before.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public Result Initialise<TOuter>(scoped in Locked<TOuter> outer, int pages)
        where TOuter : IBefore<HeapRank>
    {
        const int Largest = 1 << 18;
        if (Exists || pages is <= 0 or > Largest)
        {
            return Errno.Inval;
        }

        _most = pages;
        if (!FrameAllocator.Allocate(outer, Order, FrameOptions.Cleared).Try(out Mfn block, out Errno error))
        {
            return error;
        }

        _directory = (ulong*)DirectMap.Pointer(block.Start);
        return Result.Success;
    }

    /// <summary>One page more of values, all zero. ENOMEM; ENOSPC: no more are allowed.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public Result Grow<TOuter>(scoped in Locked<TOuter> outer)
        where TOuter : IBefore<HeapRank>
    {
        if (!Exists || _pages >= _most)
        {
            return Errno.NoSpc;
        }

        if (!FrameAllocator.Allocate(outer, PageOrder.Small, FrameOptions.Cleared).Try(out Mfn page, out Errno error))
        {
            return error;
        }

        _directory[_pages] = (ulong)DirectMap.Pointer(page.Start);
        _pages++;
        return Result.Success;
    }

    /// <summary>Gives all of it up.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public void Release<TOuter>(scoped in Locked<TOuter> outer)
        where TOuter : IBefore<HeapRank>
    {
        if (!Exists)
        {
            return;
        }

        for (int page = 0; page < _pages; page++)
        {
            FrameAllocator.Free(outer, FrameOf(_directory[page]), PageOrder.Small);
        }

        FrameAllocator.Free(outer, FrameOf((ulong)_directory), Order);
        this = default;
    }

    private static Mfn FrameOf(ulong address) => new((address - (ulong)DirectMap.Pointer(default)) >> PageSize.Shift);
}
