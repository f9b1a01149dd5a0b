using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// The protocol that the calls share which change how many frames a domain has: a list of extents, done in order up to the first that is
/// refused; the answer is how many are done. A long list is done in pieces: the call is made again and told where to go on.
/// </summary>
internal struct MemoryExtents
{
    private const int Budget = 512;

    /// <summary>More than this cannot be said in the argument of a call that is made again.</summary>
    private const ulong MostExtents = uint.MaxValue >> 6;

    private readonly ulong _again;
    private readonly ulong _list;
    private readonly ulong _count;
    private readonly uint _flags;
    private int _budget;
    private ulong _done;

    private MemoryExtents(in HypercallArguments call, MemoryReservation arguments)
    {
        _again = call.WithExtentsDone(0);
        _done = call.ExtentsDone;
        _list = arguments.ExtentStart;
        _count = arguments.Extents;
        _flags = arguments.Flags;
        Order = new PageOrder((int)arguments.ExtentOrder);
        _budget = Budget;
    }

    /// <summary>The size of each extent.</summary>
    internal PageOrder Order { get; }

    /// <summary>True when the caller wants to know, or says, which frames.</summary>
    internal readonly bool HasList => _list != 0;

    /// <summary>True for memory that is to come only when it is touched.</summary>
    internal readonly bool IsOnDemand => (_flags & (uint)MemoryFlags.PopulateOnDemand) != 0;

    /// <summary>Where frames should lie.</summary>
    internal readonly FrameRequest Request => MemoryTarget.Request(_flags);

    /// <summary>The extent that is next, if there is one and time for it.</summary>
    internal readonly bool HasMore => _done < _count && _budget > 0;

    /// <summary>Decodes the arguments. A null reference when there is nothing to do; the answer says why.</summary>
    internal static ref Domain Begin(ref Vcpu caller, in HypercallArguments call, out MemoryExtents extents, out Answer refused)
    {
        extents = default;
        refused = (long)call.ExtentsDone;
        bool isRead = GuestHandle<MemoryReservation>.From(call.Second).Try(out GuestHandle<MemoryReservation> place, out _);
        MemoryReservation arguments = default;
        isRead = isRead && GuestMemory.Read(place).Try(out arguments, out _);
        if (!isRead || arguments.Extents > MostExtents || call.ExtentsDone >= arguments.Extents)
        {
            return ref Refs.Null<Domain>();
        }

        ref Domain domain = ref MemoryTarget.Find(ref caller, arguments.Domain, out Errno error);
        refused = error == Errno.Perm ? error : refused;
        if (arguments.ExtentOrder > MemoryTarget.MaxOrder(ref caller))
        {
            return ref Refs.Null<Domain>();
        }

        extents = new MemoryExtents(in call, arguments);
        return ref domain;
    }

    /// <summary>The number in the list for the extent that is next. EFAULT.</summary>
    internal readonly Result<ulong> Read() =>
        GuestHandle<GuestWord>.From(_list, _count).Try(out GuestHandle<GuestWord> list, out Errno error)
        && GuestMemory.Read(list, _done).Try(out GuestWord word, out error) ? word.Value : error;

    /// <summary>Writes a number into the list for the extent that is next. EFAULT.</summary>
    internal readonly Result Write(ulong value) =>
        GuestHandle<GuestWord>.From(_list, _count).Try(out GuestHandle<GuestWord> list, out Errno error)
            ? GuestMemory.Write(list, new GuestWord(value), _done) : error;

    /// <summary>The extent that was next is done.</summary>
    internal void Advance()
    {
        _done++;
        _budget -= (int)Order.Frames;
    }

    /// <summary>What the call answers, or how it goes on.</summary>
    internal readonly Answer Finish(bool isRefused) =>
        isRefused || _done >= _count ? (long)_done : Answer.Continue(_again | (_done << 6));
}
