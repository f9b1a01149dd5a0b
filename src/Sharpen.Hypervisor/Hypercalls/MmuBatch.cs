using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// The protocol that the two list-taking memory calls share: how many entries, how many are done, and the same call again for the
/// rest when it takes long. Source: <c>xen.h</c>; the bit that marks a repeated call is private to the hypervisor.
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
    internal static Result Begin(in HypercallArguments call, out MmuBatch<T> batch)
    {
        batch = default;
        uint count = unchecked((uint)call.Second) & ~Repeated;
        if (!GuestHandle<T>.From(call.First, count).Try(out GuestHandle<T> list, out Errno wrapped))
        {
            return wrapped;
        }

        ulong before = 0;
        if ((call.Second & Repeated) != 0 && call.Third != 0)
        {
            if (!GuestHandle<DoneCount>.From(call.Third).Try(out GuestHandle<DoneCount> place, out Errno bad) || !GuestMemory.Read(place).Try(out DoneCount done, out bad))
            {
                return bad;
            }

            before = done.Value;
        }

        batch = new MmuBatch<T>(list, count, call.Third, before);
        return Result.Success;
    }

    /// <summary>The entry that is next. EFAULT.</summary>
    internal readonly Result<T> Read() => GuestMemory.Read(_list, _index);

    /// <summary>The entry that was next is done.</summary>
    internal void Advance() => _index++;

    /// <summary>Tells the caller how far it came, and the result.</summary>
    internal readonly Answer Finish(Result result) => WriteDone().Try(out Errno error) ? result : error;

    /// <summary>Makes the call again for what is left.</summary>
    internal readonly Answer Repeat()
    {
        ulong next = unchecked(_list.Start.Value + ((ulong)_index * (ulong)Machine.Layouts.Layout.SizeOf<T>()));
        return WriteDone().Try(out Errno error) ? Answer.AgainWith(next, (_count - _index) | Repeated) : error;
    }

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
