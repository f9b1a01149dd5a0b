using System;
using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Writes a list of page-table entries, in order, up to the first that is refused. Arguments: the list, its length, where to put how many
/// are done, whose pages and whose tables. <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: not the caller's to name, or a device that is
/// not for it; <see cref="Errno.Inval"/>: no place of the caller's, an entry that no guest may have, or not a table; <see cref="Errno.Busy"/>: not
/// a page of that domain, or in use as something else; <see cref="Errno.NoSys"/>: no such command; <see cref="Errno.Fault"/>: the list
/// or the number cannot be reached.
/// </summary>
[Hypercall(Hypercall.MmuUpdate)]
public readonly struct UpdateMemoryTables : IHypercall
{
    private const ulong CommandMask = 7;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        bool isUsual = unchecked((uint)call.Second) == 1 && call.Third == 0 && unchecked((uint)call.Fourth) == DomainId.Self.Value;
        return isUsual ? ExecuteOne(ref caller, call.First) : ExecuteList(ref caller, in call);
    }

    // What a kernel asks for most: one entry, of its own tables and pages.
    private static Answer ExecuteOne(ref Vcpu caller, ulong address)
    {
        if (!GuestMemory.TryRead(new GuestLinear(address), out MmuUpdate update))
        {
            return Errno.Fault;
        }

        ref Domain domain = ref DomainList.Of(ref caller);
        Result done;
        bool isSpent;
        using (Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held))
        {
            GuestPaging visit = DomainPaging.Visit(held, ref domain);
            done = visit.Settle();
            done = done.Try(out _) ? One(ref visit, in update, isOwn: true) : done;
            isSpent = visit.IsSpent;
            visit.Dispose();
        }

        return done.Error == Errno.Again ? Answer.Again : isSpent && done.Try(out _) ? MmuBatch<MmuUpdate>.RepeatNone(address) : done;
    }

    private static Answer ExecuteList(ref Vcpu caller, in HypercallArguments call)
    {
        Result begun = MmuBatch<MmuUpdate>.Begin(in call, out MmuBatch<MmuUpdate> batch);
        if (!begun.Try(out _))
        {
            return begun;
        }

        ref Domain own = ref DomainList.Of(ref caller);
        Result decoded = MmuForeign.Decode(ref own, call.Fourth, out MmuForeign foreign);
        bool isSpent = false;
        Result done = decoded.Try(out _) ? WorkFor(ref own, in foreign, ref batch, out isSpent) : decoded;
        bool isUnfinished = done.Error == Errno.Again || (done.Try(out _) && isSpent);
        return isUnfinished ? batch.Repeat() : batch.Finish(done);
    }

    private static Result WorkFor(ref Domain own, in MmuForeign foreign, ref MmuBatch<MmuUpdate> batch, out bool isSpent)
    {
        bool isOwn = foreign.Tables == own.Id;
        ref Domain domain = ref isOwn ? ref own : ref DomainList.Find(foreign.Tables);
        isSpent = false;
        using (Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held))
        {
            if (!isOwn && domain.Phase >= DomainPhase.Dying)
            {
                return Errno.Srch;
            }

            GuestPaging visit = DomainPaging.Visit(held, ref domain);
            if (foreign.Pages != domain.Id)
            {
                visit.UsePagesOf(foreign.Pages, foreign.HasDevices);
            }

            Result done = Work(ref visit, ref batch, isOwn);
            isSpent = visit.IsSpent;
            visit.Dispose();
            return done;
        }
    }

    private static Result Work(ref GuestPaging visit, ref MmuBatch<MmuUpdate> batch, bool isOwn)
    {
        Fixed8<MmuUpdate> block = default;
        Result done = visit.Settle();
        while (done.Try(out _) && batch.HasMore && !visit.IsSpent)
        {
            int read = batch.Read(block.Span);
            done = read != 0 ? WorkOn(ref visit, block.ReadOnly.Slice(0, read), ref batch, isOwn) : Errno.Fault;
        }

        return done.Try(out _) && batch.HasMore ? Errno.Again : done;
    }

    private static Result WorkOn(ref GuestPaging visit, scoped ReadOnlySpan<MmuUpdate> updates, ref MmuBatch<MmuUpdate> batch, bool isOwn)
    {
        foreach (ref readonly MmuUpdate update in updates)
        {
            if (visit.IsSpent)
            {
                break;
            }

            Result done = One(ref visit, in update, isOwn);
            if (!done.Try(out _))
            {
                return done;
            }

            batch.Advance();
        }

        return Result.Success;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Result One(ref GuestPaging visit, in MmuUpdate update, bool isOwn)
    {
        MmuCommand command = (MmuCommand)(update.Address & CommandMask);
        return command == MmuCommand.NormalUpdate
            ? visit.Write(update.Address, update.Value, keepsNotes: false) : Other(ref visit, update.Address & ~CommandMask, update.Value, command, isOwn);
    }

    private static Result Other(ref GuestPaging visit, ulong place, ulong value, MmuCommand command, bool isOwn) => command switch
    {
        MmuCommand.MachineToPhysicalUpdate => !isOwn ? Errno.Perm : visit.SetPage(new Mfn(place >> PageSize.Shift), value),
        MmuCommand.UpdatePreservingNotes => visit.Write(place, value, keepsNotes: true),
        MmuCommand.NormalUpdate or MmuCommand.UpdateWithoutTranslation => visit.Write(place, value, keepsNotes: false),
        _ => Errno.NoSys,
    };
}
