using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Exchanges entries of the caller's grant table, pair by pair. Each is told its own status: <see cref="GrantStatus.BadReference"/>: no such entry;
/// <see cref="GrantStatus.Again"/>: one is in use. <see cref="Errno.Inval"/>: a count below zero; <see cref="Errno.Fault"/>: an operation cannot be reached.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.SwapGrantRef)]
public readonly struct GrantSwapEntries : IHypercall
{
    private const uint MostAtOnce = 64;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GrantBatch<GrantSwap>.Begin(in call, out GrantBatch<GrantSwap> batch).Try(out Errno malformed))
        {
            return malformed;
        }

        ref Domain own = ref DomainList.Of(ref caller);
        while (batch.Left != 0)
        {
            if (batch.Index == MostAtOnce)
            {
                return batch.Repeat();
            }

            if (!batch.Read(batch.Index).Try(out GrantSwap operation, out Errno unreadable))
            {
                return unreadable;
            }

            using (Locked<GrantRank> held = own.Grants.Lock.Enter(NoLocks.Held))
            {
                operation.Status = own.Grants.Swap(held, operation.First, operation.Second);
            }

            if (!batch.Write(batch.Index, operation).Try(out Errno unwritable))
            {
                return unwritable;
            }

            batch.Index++;
        }

        return 0;
    }
}
