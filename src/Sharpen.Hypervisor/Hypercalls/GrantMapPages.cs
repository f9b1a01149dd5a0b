using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Grants;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Maps grants: for CPUs at an address or in an entry of a page table, for devices, or both. Each is told its own status: <see cref="GrantStatus.BadReference"/>:
/// no kind of mapping, or no such entry; <see cref="GrantStatus.BadDomain"/>; <see cref="GrantStatus.GeneralError"/>: the entry does not allow it, the
/// place is none, or a page table is to be written; <see cref="GrantStatus.BadPage"/>: not a frame of that domain; <see cref="GrantStatus.NoSpace"/>: no
/// handle is left. <see cref="Errno.Inval"/>: a count below zero; <see cref="Errno.Fault"/>: an operation cannot be reached.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.MapGrantRef)]
public readonly struct GrantMapPages : IHypercall
{
    private const int SoftwareBitsShift = 7;
    private const GrantMapFlags Kinds = GrantMapFlags.Host | GrantMapFlags.Device;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GrantBatch<GrantMap>.Begin(in call, out GrantBatch<GrantMap> batch).Try(out Errno malformed))
        {
            return malformed;
        }

        ref Domain own = ref DomainList.Of(ref caller);
        using Locked<DomainRank> held = own.Lock.Enter(NoLocks.Held);
        GuestPaging visit = DomainPaging.Visit(held, ref own);
        Result done = Work(held, ref visit, ref own, ref caller, ref batch);
        visit.Dispose();
        return done.Error == Errno.Again ? batch.Repeat() : done;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Result Work(scoped in Locked<DomainRank> held, ref GuestPaging visit, ref Domain own, ref Vcpu caller, ref GrantBatch<GrantMap> batch)
    {
        if (!visit.Settle().Try(out Errno unfinished))
        {
            return unfinished;
        }

        GrantMap operation = default;
        while (batch.Left != 0)
        {
            if (visit.IsSpent)
            {
                return Errno.Again;
            }

            if (!batch.TryFill(ref operation))
            {
                return Errno.Fault;
            }

            operation.Status = Map(held, ref visit, ref own, ref caller, ref operation);
            if (!batch.TryWrite(in operation))
            {
                return Errno.Fault;
            }

            batch.Index++;
        }

        return Result.Success;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static GrantStatus Map(scoped in Locked<DomainRank> held, ref GuestPaging visit, ref Domain own, ref Vcpu caller, ref GrantMap operation)
    {
        if ((operation.Flags & Kinds) == GrantMapFlags.None)
        {
            return GrantStatus.BadReference;
        }

        ref Domain granter = ref DomainList.Find(new DomainId(operation.Domain));
        if (Refs.IsNull(ref granter))
        {
            return GrantStatus.BadDomain;
        }

        if (!own.Mappings.Take(held).Try(out uint handle, out _))
        {
            return GrantStatus.NoSpace;
        }

        ref GrantMapping mapping = ref own.Mappings.Of(handle);
        GrantStatus status = Begin(held, ref granter, own.Id, in operation, ref mapping);
        if (status == GrantStatus.Okay)
        {
            status = Enter(held, ref visit, ref caller, in operation, ref mapping);
        }

        if (status != GrantStatus.Okay)
        {
            own.Mappings.Free(handle);
            return status;
        }

        operation.Handle = handle;
        operation.DeviceAddress = (ulong)mapping.Frame << PageSize.Shift;
        return status;
    }

    // The use is noted before anything is mapped, once for each kind.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static GrantStatus Begin(scoped in Locked<DomainRank> outer, ref Domain granter, DomainId user, in GrantMap operation, ref GrantMapping mapping)
    {
        using Locked<GrantRank> held = granter.Grants.Lock.Enter(outer);
        bool isWritable = (operation.Flags & GrantMapFlags.ReadOnly) == 0;
        GrantStatus status = granter.Grants.Exists
            ? granter.Grants.TryUse(held, operation.Reference, user, isWritable, out Mfn frame)
            : BadDomain(out frame);
        if (status != GrantStatus.Okay)
        {
            return status;
        }

        if ((operation.Flags & Kinds) == Kinds)
        {
            status = granter.Grants.TryUse(held, operation.Reference, user, isWritable, out _);
        }

        if (status != GrantStatus.Okay)
        {
            granter.Grants.EndUse(held, operation.Reference, isWritable);
            return status;
        }

        mapping.Frame = (uint)frame.Value;
        mapping.Reference = operation.Reference;
        mapping.Serial = granter.Grants.Serial;
        mapping.Domain = granter.Id;
        mapping.Kinds = operation.Flags & ~GrantMapFlags.GuestBits;
        return status;
    }

    private static GrantStatus BadDomain(out Mfn frame)
    {
        frame = Mfn.Invalid;
        return GrantStatus.BadDomain;
    }

    // What is not mapped in the end is no longer a use.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static GrantStatus Enter(scoped in Locked<DomainRank> held, ref GuestPaging visit, ref Vcpu caller, in GrantMap operation, ref GrantMapping mapping)
    {
        Mfn frame = new(mapping.Frame);
        Result entered = Result.Success;
        if ((mapping.Kinds & GrantMapFlags.Device) != 0)
        {
            entered = mapping.Device.Keep(frame, mapping.Domain, mapping.IsWritable);
        }

        if (entered.Try(out _) && (mapping.Kinds & GrantMapFlags.Host) != 0)
        {
            EntryPlace place = GrantPlaces.Of(ref caller, operation.Address, mapping.Kinds);
            entered = visit.MapForeign(in place, frame, mapping.Domain, mapping.IsWritable, (ulong)(operation.Flags & GrantMapFlags.GuestBits) >> SoftwareBitsShift);
        }

        return entered.Try(out _) ? GrantStatus.Okay : Leave(held, ref mapping, entered.Error);
    }

    private static GrantStatus Leave(scoped in Locked<DomainRank> held, ref GrantMapping mapping, Errno error)
    {
        mapping.Device.Release();
        DomainGrants.EndUses(held, ref mapping);
        return error == Errno.NoEnt ? GrantStatus.BadPage : GrantStatus.GeneralError;
    }
}
