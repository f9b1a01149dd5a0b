using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Sets the handlers of exceptions and software interrupts from a list that ends with a zero address; a null list clears
/// all. <see cref="Errno.Fault"/>: the list cannot be read; <see cref="Errno.Inval"/>: an address that no guest has, or
/// more entries than there are vectors.
/// </summary>
[Hypercall(Hypercall.SetTrapTable)]
public readonly struct SetTrapTable : IHypercall
{
    private const ulong Vectors = 256;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        Attention.Raise();      // an NMI may have waited for a handler
        if (call.First == 0)
        {
            caller.Traps = default;
            return 0;
        }

        if (!GuestHandle<TrapInfo>.From(call.First, Vectors + 1).Try(out GuestHandle<TrapInfo> list, out Errno wrapped))
        {
            return wrapped;
        }

        for (ulong index = 0; index <= Vectors; index++)
        {
            if (!GuestMemory.Read(list, index).Try(out TrapInfo trap, out Errno unreadable))
            {
                return unreadable;
            }

            if (trap.Address == 0)
            {
                return 0;
            }

            if (!new GuestLinear(trap.Address).IsGuest)
            {
                return Errno.Inval;
            }

            caller.Traps[trap.Vector] = trap;
        }

        return Errno.Inval;
    }
}
