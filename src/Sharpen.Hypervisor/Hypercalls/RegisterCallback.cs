using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Features;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Sets one entry point. <see cref="Errno.Inval"/>: an address that no guest has; <see cref="Errno.NoSys"/>: a kind of
/// entry that we do not make.
/// </summary>
[Hypercall(Hypercall.CallbackOp, CallbackCommand.Register)]
public readonly struct RegisterCallback : IHypercall<CallbackRegister>
{
    private const byte NmiVector = 2;

    public static Answer Execute(ref Vcpu caller, ref CallbackRegister arguments)
    {
        GuestLinear address = new(arguments.Address);
        bool masks = (arguments.Flags & CallbackFlags.MaskEvents) != 0;
        if (!address.IsGuest)
        {
            return Errno.Inval;
        }

        switch (arguments.Type)
        {
            case CallbackType.Event:
                caller.Entries.Event = address;
                return 0;
            case CallbackType.Failsafe:
                caller.Entries.Failsafe = address;
                caller.Entries.FailsafeMasksEvents = masks;
                return 0;
            case CallbackType.Syscall:
                caller.Entries.Syscall = address;
                caller.Entries.SyscallMasksEvents = masks;
                return 0;
            case CallbackType.Syscall32:
                caller.Entries.Syscall32 = address;
                caller.Entries.Syscall32MasksEvents = masks;
                return 0;
            case CallbackType.Sysenter:
                return CpuidPolicy.IsAmd ? 0 : Errno.NoSys;        // in long mode AMD's processors refuse the instruction
            case CallbackType.Nmi:
                caller.Traps[NmiVector] = new TrapInfo { Vector = NmiVector, Flags = 4, Address = arguments.Address };
                return 0;
            default:
                return Errno.NoSys;
        }
    }
}
