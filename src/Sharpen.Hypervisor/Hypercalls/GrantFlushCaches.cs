using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Writes caches back for parts of the caller's pages, in order, up to the first that is refused: on x86 devices see what CPUs write, and
/// nothing is to be done. <see cref="Errno.Inval"/>: not within a page, no such operation, by reference, or no frame; <see cref="Errno.Perm"/>: not
/// the caller's; <see cref="Errno.OpNotSupp"/>: to be invalidated; <see cref="Errno.Fault"/>: an operation cannot be reached.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.CacheFlush)]
public readonly struct GrantFlushCaches : IHypercall
{
    private const uint MostAtOnce = 64;
    private const ulong FrameLimit = 1UL << 32;
    private const uint Clean = 1;
    private const uint Invalidate = 2;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GrantBatch<GrantCacheFlush>.Begin(in call, out GrantBatch<GrantCacheFlush> batch).Try(out Errno malformed))
        {
            return malformed;
        }

        DomainId own = DomainList.Of(ref caller).Id;
        for (; batch.Left != 0; batch.Index++)
        {
            if (batch.Index == MostAtOnce)
            {
                return batch.Repeat();
            }

            if (!batch.Read(batch.Index).Try(out GrantCacheFlush operation, out Errno unreadable))
            {
                return unreadable;
            }

            Errno refused = Check(own, in operation);
            if (refused != Errno.None)
            {
                return refused;
            }
        }

        return 0;
    }

    private static Errno Check(DomainId own, in GrantCacheFlush operation)
    {
        if (operation.Offset >= PageSize.Bytes || operation.Length > PageSize.Bytes - operation.Offset)
        {
            return Errno.Inval;
        }

        if (operation.Length == 0 || operation.Operation == 0)
        {
            return Errno.None;
        }

        Mfn frame = new(operation.Place >> PageSize.Shift);
        if ((operation.Operation & ~(Clean | Invalidate)) != 0 || frame.Value >= FrameLimit)
        {
            return Errno.Inval;
        }

        if (!FrameRef<Untyped>.Hold(frame, own, out FrameRef<Untyped> held).Try(out _))
        {
            return Errno.Perm;
        }

        held.Dispose();
        return (operation.Operation & Invalidate) != 0 ? Errno.OpNotSupp : Errno.None;
    }
}
