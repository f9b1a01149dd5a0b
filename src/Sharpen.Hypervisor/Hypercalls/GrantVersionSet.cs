using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Chooses the version of the interface for the caller's grant table, and tells which it has. Entries other than the reserved ones are lost.
/// <see cref="Errno.Inval"/>: no version; <see cref="Errno.NoSys"/>: the caller was made for the first only; <see cref="Errno.Busy"/>: a grant is in use; <see cref="Errno.NoMem"/>; <see cref="Errno.Fault"/>.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.SetVersion)]
public readonly struct GrantVersionSet : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GuestHandle<GrantSetVersion>.From(call.Second).Try(out GuestHandle<GrantSetVersion> place, out Errno wrapped))
        {
            return wrapped;
        }

        if (!GuestMemory.Read(place).Try(out GrantSetVersion arguments, out Errno unreadable))
        {
            return unreadable;
        }

        ref Domain own = ref DomainList.Of(ref caller);
        Result chosen;
        using (Locked<GrantRank> held = own.Grants.Lock.Enter(NoLocks.Held))
        {
            chosen = own.Grants.SetVersion(held, arguments.Version);
            arguments.Version = own.Grants.Version;
        }

        return GuestMemory.Write(place, arguments).Try(out Errno unwritable) ? chosen : unwritable;
    }
}
