using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Writes a list of page-table entries, in order, up to the first that is refused. Arguments: the list, its length, where to put how many
/// are done, whose memory. <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: not the caller's to name, or a device that is
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
        Result decoded = MmuForeign.Decode(ref caller, call.Fourth, out MmuForeign foreign);
        MmuBatch<MmuUpdate> batch = default;
        decoded = decoded.Try(out _) ? MmuBatch<MmuUpdate>.Begin(in call, out batch) : decoded;
        if (!decoded.Try(out _))
        {
            return decoded;
        }

        ref Domain domain = ref DomainList.Of(ref caller);
        Result done;
        bool isSpent;
        using (Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held))
        {
            GuestPaging visit = DomainPaging.Visit(held, ref domain);
            visit.UsePagesOf(foreign.Pages, foreign.HasDevices);
            done = Work(ref visit, ref batch);
            isSpent = visit.IsSpent;
            visit.Dispose();
        }

        bool isUnfinished = done.Error == Errno.Again || (done.Try(out _) && isSpent);
        return isUnfinished ? batch.Repeat() : batch.Finish(done);
    }

    private static Result Work(ref GuestPaging visit, ref MmuBatch<MmuUpdate> batch)
    {
        Result done = visit.Settle();
        while (done.Try(out _) && batch.HasMore && !visit.IsSpent)
        {
            if (!batch.Read().Try(out MmuUpdate update, out Errno unreadable))
            {
                return unreadable;
            }

            done = One(ref visit, in update);
            if (done.Try(out _))
            {
                batch.Advance();
            }
        }

        return done.Try(out _) && batch.HasMore ? Errno.Again : done;
    }

    private static Result One(ref GuestPaging visit, in MmuUpdate update)
    {
        ulong place = update.Address & ~CommandMask;
        return (MmuCommand)(update.Address & CommandMask) switch
        {
            MmuCommand.MachineToPhysicalUpdate => visit.SetPage(new Mfn(place >> PageSize.Shift), update.Value),
            MmuCommand.UpdatePreservingNotes => visit.Write(place, update.Value, keepsNotes: true),
            MmuCommand.NormalUpdate or MmuCommand.UpdateWithoutTranslation => visit.Write(place, update.Value, keepsNotes: false),
            _ => Errno.NoSys,
        };
    }
}
