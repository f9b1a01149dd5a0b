using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Memory;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Sets the map of a domain's pseudo-physical memory; no entries take it away. <see cref="Errno.Inval"/>: more than 1024 entries;
/// <see cref="Errno.Srch"/>, <see cref="Errno.Perm"/>: no such domain, or not the caller's; <see cref="Errno.NoMem"/>; <see cref="Errno.Fault"/>.
/// </summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.SetMemoryMap)]
public readonly struct MemoryMapSet : IHypercall<ForeignMemoryMap>
{
    private const uint MostEntries = 1024;
    private const ulong MapBytes = MostEntries * 20;

    public static Answer Execute(ref Vcpu caller, ref ForeignMemoryMap arguments)
    {
        if (arguments.Map.Entries > MostEntries)
        {
            return Errno.Inval;
        }

        ref Domain domain = ref MemoryTarget.Find(ref caller, arguments.Domain, out Errno error);
        if (Refs.IsNull(ref domain))
        {
            return error;
        }

        if (!GuestHandle<MapEntry>.From(arguments.Map.Buffer, arguments.Map.Entries).Try(out GuestHandle<MapEntry> buffer, out Errno wrapped))
        {
            return wrapped;
        }

        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        Result room = domain.Phase >= DomainPhase.Dying ? Errno.Inval : Reserve(ref domain, in held);
        return room.Try(out _) ? Copy(ref domain, buffer) : room;
    }

    private static Result Reserve(ref Domain domain, scoped in Locked<DomainRank> held)
    {
        if (domain.Map.Exists)
        {
            return Result.Success;
        }

        Result allocated = domain.Map.Allocate(held, MapBytes);
        domain.Owned.OverheadFrames += allocated.Try(out _) ? domain.Map.Frames : 0;
        return allocated;
    }

    // A fault half way leaves none: what the guest could not say must not be read.
    private static Result Copy(ref Domain domain, GuestHandle<MapEntry> buffer)
    {
        Span<MapEntry> entries = domain.Map.Items<MapEntry>();
        domain.MapEntries = 0;
        for (int index = 0; index < (int)buffer.Count; index++)
        {
            if (!GuestMemory.Read(buffer, (ulong)(uint)index).Try(out entries[index], out Errno unreadable))
            {
                return unreadable;
            }
        }

        domain.MapEntries = (int)buffer.Count;
        return Result.Success;
    }
}
