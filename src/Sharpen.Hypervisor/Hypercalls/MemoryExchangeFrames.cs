using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Exchanges frames of a domain for as many others, in larger or smaller blocks or below an address; each block whole or not at all, in order up
/// to the first that is refused, and says how far it came. <see cref="Errno.Inval"/>: the two lists differ in size or domain, or a frame is not the
/// domain's alone; <see cref="Errno.NoMem"/>: no such block is free; <see cref="Errno.Perm"/>: blocks too large for the caller, or not its domain;
/// <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Fault"/>: a list cannot be read or written.
/// </summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.Exchange)]
public readonly struct MemoryExchangeFrames : IHypercall
{
    private const int Budget = 512;
    private const ulong ExchangedOffset = 64;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GuestHandle<MemoryExchange>.From(call.Second).Try(out GuestHandle<MemoryExchange> place, out Errno wrapped))
        {
            return wrapped;
        }

        if (!GuestMemory.Read(place).Try(out MemoryExchange arguments, out Errno unreadable))
        {
            return unreadable;
        }

        if (Math.Max(arguments.In.ExtentOrder, arguments.Out.ExtentOrder) > MemoryTarget.MaxOrder(ref caller))
        {
            return Errno.Perm;
        }

        if (!IsSane(in arguments))
        {
            return Errno.Inval;
        }

        ref Domain domain = ref MemoryTarget.Find(ref caller, arguments.In.Domain, out Errno error);
        if (Refs.IsNull(ref domain))
        {
            return error;
        }

        Result done = Work(ref domain, ref arguments);
        ulong count = unchecked(call.Second + ExchangedOffset);
        Result told = GuestHandle<GuestWord>.From(count).Try(out GuestHandle<GuestWord> word, out Errno bad) ? GuestMemory.Write(word, new GuestWord(arguments.Exchanged)) : bad;
        return done.Error == Errno.Again && told.Try(out _) ? Answer.Again : done.Try(out _) || done.Error == Errno.Again ? told : done;
    }

    private static bool IsSane(in MemoryExchange arguments)
    {
        int inOrder = (int)arguments.In.ExtentOrder;
        int outOrder = (int)arguments.Out.ExtentOrder;
        return arguments.Exchanged <= arguments.In.Extents && arguments.In.Domain == arguments.Out.Domain
            && arguments.In.Extents <= ulong.MaxValue >> inOrder && arguments.Out.Extents <= ulong.MaxValue >> outOrder
            && arguments.In.Extents << inOrder == arguments.Out.Extents << outOrder;
    }

    // EAGAIN: there is more.
    private static Result Work(ref Domain domain, ref MemoryExchange arguments)
    {
        if (!ExchangeBlock.Prepare(in arguments).Try(out ExchangeBlock block, out Errno wrapped))
        {
            return wrapped;
        }

        int budget = Budget;
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        while (arguments.Exchanged < arguments.In.Extents)
        {
            if (budget <= 0)
            {
                return Errno.Again;
            }

            Result done = domain.Phase >= DomainPhase.Dying ? Errno.Inval : block.Exchange(ref domain, in held, arguments.Exchanged);
            if (!done.Try(out _))
            {
                return done;
            }

            arguments.Exchanged = Math.Min(arguments.In.Extents, block.Next(arguments.Exchanged));
            budget -= block.Frames;
        }

        return Result.Success;
    }
}
