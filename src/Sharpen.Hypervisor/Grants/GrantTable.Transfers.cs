using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Grants;

/// <summary>Entries by which the domain takes a frame from another.</summary>
public partial struct GrantTable
{
    /// <summary>Marks an entry as being served, which waits for a frame of just this domain. False: it does not.</summary>
    public readonly bool TryAccept(scoped in Locked<GrantRank> held, uint reference, DomainId giver)
    {
        _ = held;
        uint waiting = (uint)GrantFlags.AcceptTransfer | ((uint)giver.Value << DomainShift);
        return reference < Entries
            && Interlocked.CompareExchange(ref WordOf(reference, HeadWord), waiting | (uint)GrantFlags.TransferCommitted, waiting) == waiting;
    }

    /// <summary>Tells the domain which frame has come, and then that it has.</summary>
    public readonly void FinishTransfer(scoped in Locked<GrantRank> held, uint reference, Mfn frame)
    {
        _ = held;
        SetFrame(reference, frame.Value);
        Change(ref WordOf(reference, HeadWord), 0, (uint)GrantFlags.TransferCompleted);
    }
}
