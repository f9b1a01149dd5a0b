using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Gives frames of the caller's to domains that granted entries for that, with what is in them. Each is told its own status; a frame that could be
/// taken from the caller but not given is lost to both, as on Xen. <see cref="GrantStatus.BadPage"/>: not the caller's alone, or mapped somewhere;
/// <see cref="GrantStatus.BadDomain"/>; <see cref="GrantStatus.GeneralError"/>: the entry does not allow it, or the other may not have more memory.
/// <see cref="Errno.Inval"/>: a count below zero; <see cref="Errno.Fault"/>: an operation cannot be reached.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.Transfer)]
public readonly struct GrantTransferFrames : IHypercall
{
    private const uint MostAtOnce = 16;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GrantBatch<GrantTransfer>.Begin(in call, out GrantBatch<GrantTransfer> batch).Try(out Errno malformed))
        {
            return malformed;
        }

        ref Domain own = ref DomainList.Of(ref caller);
        for (; batch.Left != 0; batch.Index++)
        {
            if (batch.Index == MostAtOnce)
            {
                return batch.Repeat();
            }

            if (!batch.Read(batch.Index).Try(out GrantTransfer operation, out Errno unreadable))
            {
                return unreadable;
            }

            operation.Status = Transfer(ref own, in operation);
            if (!batch.Write(batch.Index, operation).Try(out Errno unwritable))
            {
                return unwritable;
            }
        }

        return 0;
    }

    private static GrantStatus Transfer(ref Domain own, in GrantTransfer operation)
    {
        Mfn frame = new(operation.Frame);
        DetachedFrames given = default;
        using (Locked<DomainRank> held = own.Lock.Enter(NoLocks.Held))
        {
            DomainPaging.Forget(held, ref own);
            if (own.Phase >= DomainPhase.Dying || !own.Memory.Detach(held, own.Id, frame, ref given).Try(out _))
            {
                return GrantStatus.BadPage;
            }
        }

        ref Domain receiver = ref DomainList.Find(new DomainId(operation.Domain));
        GrantStatus status = Refs.IsNull(ref receiver) ? GrantStatus.BadDomain : Give(ref receiver, own.Id, operation.Reference, frame, ref given);
        given.Free();
        return status;
    }

    // The entry is written when the frame is the receiver's, and before the receiver can be told.
    private static GrantStatus Give(ref Domain receiver, DomainId giver, uint reference, Mfn frame, ref DetachedFrames given)
    {
        using Locked<DomainRank> held = receiver.Lock.Enter(NoLocks.Held);
        using Locked<GrantRank> grants = receiver.Grants.Lock.Enter(held);
        if (receiver.Phase >= DomainPhase.Dying || !receiver.Grants.Exists || !receiver.Memory.MayHaveMore(receiver.Id)
            || !receiver.Grants.TryAccept(grants, reference, giver))
        {
            return GrantStatus.GeneralError;
        }

        receiver.Memory.Adopt(held, receiver.Id, ref given);
        receiver.Grants.FinishTransfer(grants, reference, frame);
        return GrantStatus.Okay;
    }
}
