using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Copies parts of pages, each end a grant or a frame of the caller's. Each copy is told its own status: <see cref="GrantStatus.BadCopyArgument"/>: not
/// within a page; <see cref="GrantStatus.BadDomain"/>; <see cref="GrantStatus.PermissionDenied"/>: a frame by its number that is said to be somebody's;
/// <see cref="GrantStatus.BadReference"/>: no such entry; <see cref="GrantStatus.GeneralError"/>: the entry does not allow it, or not that part of the
/// page, or a page table is to be written;
/// <see cref="GrantStatus.BadPage"/>: not a frame of that domain. <see cref="Errno.Inval"/>: a count below zero; <see cref="Errno.Fault"/>: an operation cannot be reached.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.Copy)]
public readonly struct GrantCopyPages : IHypercall
{
    private const uint MostAtOnce = 64;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GrantBatch<GrantCopy>.Begin(in call, out GrantBatch<GrantCopy> batch).Try(out Errno malformed))
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

            if (!batch.Read(batch.Index).Try(out GrantCopy operation, out Errno unreadable))
            {
                return unreadable;
            }

            operation.Status = Copy(ref own, in operation);
            if (!batch.Write(batch.Index, operation).Try(out Errno unwritable))
            {
                return unwritable;
            }

            batch.Index++;
        }

        return 0;
    }

    private static bool IsWithinPage(ushort offset, ushort length) => offset <= PageSize.Bytes && length <= PageSize.Bytes - offset;

    private static GrantStatus Copy(ref Domain own, in GrantCopy operation)
    {
        bool isSourceGranted = (operation.Flags & GrantCopyFlags.SourceReference) != 0;
        bool isTargetGranted = (operation.Flags & GrantCopyFlags.TargetReference) != 0;
        GrantUse source = new(ref Peers.Find(ref own, new DomainId(operation.Source.Domain)), operation.Source.Place, isWritable: false);
        GrantUse target = new(ref Peers.Find(ref own, new DomainId(operation.Target.Domain)), operation.Target.Place, isWritable: true);
        if (!source.HasDomain || !target.HasDomain)
        {
            return GrantStatus.BadDomain;
        }

        if ((!isSourceGranted && operation.Source.Domain != DomainId.Self.Value) || (!isTargetGranted && operation.Target.Domain != DomainId.Self.Value))
        {
            return GrantStatus.PermissionDenied;
        }

        GrantStatus status = isSourceGranted ? source.Begin(own.Id) : GrantStatus.Okay;
        if (status == GrantStatus.Okay)
        {
            status = CopyFrom(ref source, ref target, isTargetGranted, own.Id, in operation);
            source.End();
        }

        return status;
    }

    private static GrantStatus CopyFrom(scoped ref GrantUse source, scoped ref GrantUse target, bool isTargetGranted, DomainId user, in GrantCopy operation)
    {
        if (!FrameRef<Untyped>.Hold(source.Frame, source.Owner, out FrameRef<Untyped> from).Try(out _))
        {
            return GrantStatus.BadPage;
        }

        GrantStatus status = isTargetGranted ? target.Begin(user) : GrantStatus.Okay;
        if (status == GrantStatus.Okay)
        {
            status = CopyTo(in from, in source, in target, in operation);
            target.End();
        }

        from.Dispose();
        return status;
    }

    private static GrantStatus CopyTo(scoped in FrameRef<Untyped> from, scoped in GrantUse source, scoped in GrantUse target, in GrantCopy operation)
    {
        Result held = FrameRef<Writable>.Hold(target.Frame, target.Owner, out FrameRef<Writable> to);
        if (!held.Try(out Errno error))
        {
            return error == Errno.Inval ? GrantStatus.BadPage : GrantStatus.GeneralError;
        }

        GrantStatus status = !IsWithinPage(operation.Source.Offset, operation.Length) || !IsWithinPage(operation.Target.Offset, operation.Length)
            ? GrantStatus.BadCopyArgument
            : source.Covers(operation.Source.Offset, operation.Length) && target.Covers(operation.Target.Offset, operation.Length) ? GrantStatus.Okay
            : GrantStatus.GeneralError;
        if (status == GrantStatus.Okay)
        {
            FrameCopy.Copy(in from, operation.Source.Offset, in to, operation.Target.Offset, operation.Length);
        }

        to.Dispose();
        return status;
    }
}
