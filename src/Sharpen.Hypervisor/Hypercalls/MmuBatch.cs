using System;
using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// The protocol that the two list-taking memory calls share: how many entries, how many are done, and the same call again for the
/// rest when it takes long. Whoever got so far that the list is known is told how many, none too: Linux counts on it. Source: <c>xen.h</c>; the bit that marks a repeated call is private to the hypervisor.
/// </summary>
/// <typeparam name="T">An entry of the list.</typeparam>
internal struct MmuBatch<T>
    where T : unmanaged, IAbiData
{
    private const uint Repeated = 1U << 31;

    private readonly GuestHandle<T> _list;
    private readonly ulong _done;
    private readonly ulong _before;
    private readonly uint _count;
    private uint _index;

    private MmuBatch(GuestHandle<T> list, uint count, ulong done, ulong before)
    {
        _list = list;
        _count = count;
        _done = done;
        _before = before;
        _index = 0;
    }

    /// <summary>True when there is an entry left.</summary>
    internal readonly bool HasMore => _index < _count;

    /// <summary>Decodes the arguments: list, count, place for the number done. EFAULT.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Result Begin(in HypercallArguments call, out MmuBatch<T> batch)
    {
        batch = default;
        uint count = unchecked((uint)call.Second) & ~Repeated;
        if (!GuestHandle<T>.From(call.First, count).Try(out GuestHandle<T> list, out Errno wrapped))
        {
            return wrapped;
        }

        ulong before = 0;
        if ((call.Second & Repeated) != 0 && call.Third != 0 && !ReadDone(call.Third, out before).Try(out Errno unreadable))
        {
            return unreadable;
        }

        batch = new MmuBatch<T>(list, count, call.Third, before);
        return Result.Success;
    }

    private static Result ReadDone(ulong address, out ulong before)
    {
        bool isRead = GuestHandle<DoneCount>.From(address).Try(out GuestHandle<DoneCount> place, out Errno error) & GuestMemory.Read(place).Try(out DoneCount done, out Errno unreadable);
        before = done.Value;
        return isRead ? Result.Success : error != Errno.None ? error : unreadable;
    }

    /// <summary>The entry that is next. EFAULT.</summary>
    internal readonly Result<T> Read() => GuestMemory.Read(_list, _index);

    /// <summary>The next entries, as many as there are and fit; where not all of them can be read, the next alone.</summary>
    /// <returns>How many; none: EFAULT.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly int Read(scoped Span<T> block)
    {
        int wanted = unchecked((int)Math.Min(_count - _index, (uint)block.Length));
        return GuestMemory.ReadList(_list, _index, block.Slice(0, wanted)).Try(out _) ? wanted : ReadNext(block);
    }

    private readonly int ReadNext(scoped Span<T> block) => GuestMemory.ReadList(_list, _index, block.Slice(0, 1)).Try(out _) ? 1 : 0;

    /// <summary>The entry that was next is done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Advance() => _index = unchecked(_index + 1);

    /// <summary>Tells the caller how far it came, and the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly Answer Finish(Result result) => _done == 0 || WriteDone().Try(out Errno error) ? result : error;

    /// <summary>Makes the call again for what is left.</summary>
    internal readonly Answer Repeat()
    {
        ulong next = unchecked(_list.Start.Value + ((ulong)_index * (ulong)Machine.Layouts.Layout.SizeOf<T>()));
        return WriteDone().Try(out Errno error) ? Answer.AgainWith(next, (_count - _index) | Repeated) : error;
    }

    /// <summary>Makes a call again of which nothing is left but what it has caused.</summary>
    internal static Answer RepeatNone(ulong list) => Answer.AgainWith(list, Repeated);

    private readonly Result WriteDone()
    {
        if (_done == 0)
        {
            return Result.Success;
        }

        uint total = unchecked((uint)(_before + _index));
        return GuestHandle<DoneCount>.From(_done).Try(out GuestHandle<DoneCount> place, out Errno error) ? GuestMemory.Write(place, new DoneCount { Value = total }) : error;
    }
}
