using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Pools;

/// <summary>
/// Objects of one type, found by index. Memory that held a <typeparamref name="T"/> is only ever used for another one until its
/// whole slab goes back; a slot is used again only after every CPU has left the hypervisor once (<see cref="Quiescence"/>), so a
/// reference from <see cref="Find"/> stays harmless for as long as the visit lasts, even when the object is freed meanwhile.
/// </summary>
/// <typeparam name="T">The object: unmanaged, at most a slab.</typeparam>
/// <remarks>
/// The pool lies in its subsystem's state. Safety: the directory and the slabs are blocks of frames that only the pool knows; an index
/// is compared with the capacity before it is used.
/// </remarks>
public unsafe struct Pool<T>
    where T : unmanaged
{
    private SpinLock<PoolRank> _lock;
    private ulong* _directory;
    private Slab* _retired;
    private int _capacity;
    private int _slabSlots;
    private int _slabShift;
    private int _slabOrder;
    private int _live;
    private int _slabs;

    /// <summary>Objects in use.</summary>
    public readonly int Count => Volatile.Read(in _live);

    /// <summary>The most objects there can be; indices are below it.</summary>
    public readonly int Capacity => _capacity;

    /// <summary>Slabs that hold memory, those that wait to go back included.</summary>
    public readonly int Slabs => _slabs;

    private static int Stride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (sizeof(Slot) + sizeof(T) + 15) & ~15;
    }

    private readonly int SlabLimit => _slabSlots == 0 ? 0 : ((_capacity - 1) / _slabSlots) + 1;

    private readonly PageOrder DirectoryOrder => PageOrder.ForBytes((ulong)(uint)SlabLimit * sizeof(ulong));

    /// <summary>Sets the limit. Once, before anything else; takes the memory of the directory. ENOMEM; EINVAL: no or too many objects.</summary>
    public Result Initialise(int capacity)
    {
        const int LargestCapacity = 1 << 24;
        if (capacity is <= 0 or > LargestCapacity || _directory != null)
        {
            return Errno.Inval;
        }

        _slabOrder = PageOrder.ForBytes((ulong)(uint)Math.Max((8 * Stride) + sizeof(Slab), PageSize.Bytes)).Value;
        _slabOrder = Math.Min(_slabOrder, 4);
        _slabOrder = Math.Max(_slabOrder, PageOrder.ForBytes((ulong)(uint)(Stride + sizeof(Slab))).Value);
        uint fitting = (uint)((new PageOrder(_slabOrder).Bytes - (ulong)(uint)sizeof(Slab)) / (ulong)(uint)Stride);
        _slabShift = BitOperations.Log2(fitting);       // a power of two, so that finding needs no division
        _slabSlots = 1 << _slabShift;
        _capacity = capacity;
        if (!FrameAllocator.Allocate(NoLocks.Held, DirectoryOrder, FrameOptions.Cleared).Try(out Mfn directory, out Errno error))
        {
            _capacity = 0;
            return error;
        }

        _directory = (ulong*)DirectMap.Pointer(directory.Start);
        return Result.Success;
    }

    /// <summary>The object in use at an index, or a null reference. Any number may be asked for.</summary>
    public readonly ref T Find(int index)
    {
        unchecked
        {
            if ((uint)index >= (uint)_capacity)
            {
                return ref Unsafe.NullRef<T>();
            }

            uint number = (uint)index >> _slabShift;
            uint place = (uint)index & ((uint)_slabSlots - 1);
            Slab* slab = (Slab*)Volatile.Read(ref _directory[number]);
            if (slab == null)
            {
                return ref Unsafe.NullRef<T>();
            }

            Slot* slot = (Slot*)((byte*)(slab + 1) + ((ulong)place * (uint)Stride));
            return ref Volatile.Read(ref slot->IsLive) != 0 ? ref *(T*)(slot + 1) : ref Unsafe.NullRef<T>();
        }
    }

    /// <summary>Keeps the object in use at an index from being freed; it must not be about to be.</summary>
    /// <returns>Its place, until it is released.</returns>
    public readonly KeptObject<T> Keep(int index)
    {
        ref T found = ref Find(index);
        Bug.Unless(!Unsafe.IsNullRef(ref found));
        T* place = (T*)Unsafe.AsPointer(ref found);
        Interlocked.Increment(ref ((Slot*)place - 1)->NextOrKept);
        return new KeptObject<T>(place);
    }

    internal static void Forget(T* place) => Interlocked.Decrement(ref ((Slot*)place - 1)->NextOrKept);

    /// <summary>A new object, all zero; its index. ENOSPC: the limit is reached or freed slots are not quiet yet; ENOMEM.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public Result<int> Allocate<TOuter>(scoped in Locked<TOuter> outer)
        where TOuter : IBefore<PoolRank>
    {
        using Locked<PoolRank> held = _lock.Enter(outer);
        int absent = -1;
        for (int number = 0; number < SlabLimit; number++)
        {
            Slab* slab = (Slab*)_directory[number];
            if (slab == null)
            {
                absent = absent < 0 ? number : absent;
            }
            else if (TryTake(slab, SlotsOf(number), out int slot))
            {
                return Start(slab, number, slot);
            }
        }

        if (absent < 0)
        {
            return Errno.NoSpc;
        }

        if (!FrameAllocator.Allocate(held, new PageOrder(_slabOrder), FrameOptions.Cleared).Try(out Mfn block, out Errno error))
        {
            return error;
        }

        Slab* fresh = (Slab*)DirectMap.Pointer(block.Start);
        fresh->Fresh = 1;
        _slabs++;
        Volatile.Write(ref _directory[absent], (ulong)fresh);
        return Start(fresh, absent, 0);
    }

    /// <summary>Ends an object that nobody keeps. From here on it is not found; references that others still have stay harmless until they leave.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public void Free<TOuter>(scoped in Locked<TOuter> outer, int index)
        where TOuter : IBefore<PoolRank>
    {
        using Locked<PoolRank> held = _lock.Enter(outer);
        Bug.Unless(!Unsafe.IsNullRef(ref Find(index)));
        Slab* slab = (Slab*)_directory[index / _slabSlots];
        int number = index % _slabSlots;
        Slot* slot = SlotOf(slab, number);
        Bug.Unless(Volatile.Read(ref slot->NextOrKept) == 0);
        Volatile.Write(ref slot->IsLive, 0);
        slot->Epoch = Quiescence.Retire();
        slot->NextOrKept = 0;
        if (slab->LastFree == 0)
        {
            slab->FirstFree = number + 1;
        }
        else
        {
            SlotOf(slab, slab->LastFree - 1)->NextOrKept = number + 1;
        }

        slab->LastFree = number + 1;
        slab->Live--;
        _live--;
    }

    /// <summary>Gives empty slabs back, each once no CPU can still look into it; how many frames went back now.</summary>
    /// <typeparam name="TOuter">What the caller holds.</typeparam>
    public ulong Trim<TOuter>(scoped in Locked<TOuter> outer)
        where TOuter : IBefore<PoolRank>
    {
        using Locked<PoolRank> held = _lock.Enter(outer);
        for (int number = 0; number < SlabLimit; number++)
        {
            Slab* slab = (Slab*)_directory[number];
            if (slab != null && slab->Live == 0)
            {
                Volatile.Write(ref _directory[number], 0);
                slab->Epoch = Quiescence.Retire();
                slab->NextRetired = (ulong)_retired;
                _retired = slab;
            }
        }

        // The newest is first: when it has passed, so have all.
        ulong frames = 0;
        PageOrder order = new(_slabOrder);
        while (_retired != null && Quiescence.HasPassed(_retired->Epoch))
        {
            Slab* slab = _retired;
            _retired = (Slab*)slab->NextRetired;
            FrameAllocator.Free(held, FrameOf(slab), order);
            _slabs--;
            frames += order.Frames;
        }

        return frames;
    }

    private static Slot* SlotOf(Slab* slab, int number) => (Slot*)((byte*)(slab + 1) + ((long)number * Stride));

    private static Mfn FrameOf(Slab* slab) => new(((ulong)slab - (ulong)DirectMap.Pointer(default)) >> PageSize.Shift);

    /// <summary>The last slab may be cut short by the capacity.</summary>
    private readonly int SlotsOf(int slab) => Math.Min(_slabSlots, _capacity - (slab * _slabSlots));

    private static bool TryTake(Slab* slab, int slots, out int number)
    {
        if (slab->FirstFree != 0 && Quiescence.HasPassed(SlotOf(slab, slab->FirstFree - 1)->Epoch))
        {
            number = slab->FirstFree - 1;
            slab->FirstFree = SlotOf(slab, number)->NextOrKept;
            slab->LastFree = slab->FirstFree == 0 ? 0 : slab->LastFree;
            return true;
        }

        number = slab->Fresh;
        if (number < slots)
        {
            slab->Fresh++;
            return true;
        }

        return false;
    }

    private int Start(Slab* slab, int number, int slotNumber)
    {
        Slot* slot = SlotOf(slab, slotNumber);
        *(T*)(slot + 1) = default;
        slot->NextOrKept = 0;
        slab->Live++;
        _live++;
        Volatile.Write(ref slot->IsLive, 1);
        return (number * _slabSlots) + slotNumber;
    }
}
