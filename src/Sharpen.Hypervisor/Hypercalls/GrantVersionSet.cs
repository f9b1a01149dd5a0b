using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Grants;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Chooses the version of the interface for the caller's grant table, and tells which it has. <see cref="Errno.NoSys"/>: 2, as where the
/// operator allows 1 at most; <see cref="Errno.Inval"/>: no version; <see cref="Errno.Fault"/>.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.SetVersion)]
public readonly struct GrantVersionSet : IHypercall
{
    private const uint Second = 2;

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

        Errno chosen = arguments.Version switch
        {
            GrantTable.Version => Errno.None,
            Second => Errno.NoSys,
            _ => Errno.Inval,
        };
        return GuestMemory.Write(place, new GrantSetVersion { Version = GrantTable.Version }).Try(out Errno unwritable) ? chosen : unwritable;
    }
}
