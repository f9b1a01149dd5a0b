using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Sets the three entry points at once: event, failsafe, system call. <see cref="Errno.Inval"/>: an address that no guest has.
/// </summary>
[Hypercall(Hypercall.SetCallbacks)]
public readonly struct SetCallbacks : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!new GuestLinear(call.First).IsGuest || !new GuestLinear(call.Second).IsGuest || !new GuestLinear(call.Third).IsGuest)
        {
            return Errno.Inval;
        }

        caller.Entries.Event = new GuestLinear(call.First);
        caller.Entries.Failsafe = new GuestLinear(call.Second);
        caller.Entries.Syscall = new GuestLinear(call.Third);
        return 0;
    }
}
