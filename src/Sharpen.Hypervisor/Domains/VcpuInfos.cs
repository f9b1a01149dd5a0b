using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// Where a vCPU and the hypervisor talk: in the domain's shared page until its kernel gives it a place of its own. The guest writes
/// there at any time: what is read is read once and checked.
/// </summary>
public static class VcpuInfos
{
    private const int Alignment = 7;

    /// <summary>The place of a vCPU.</summary>
    public static ref VcpuInfo Of(ref Vcpu vcpu)
    {
        if (vcpu.InfoPage.Exists)
        {
            return ref vcpu.InfoPage.As<VcpuInfo>(vcpu.InfoOffset);
        }

        if (vcpu.Id.Index >= Domain.VcpusInSharedPage)
        {
            return ref vcpu.OwnInfo;
        }

        return ref EventBits.VcpuInfoOf(ref SharedPages.Of(ref DomainList.Of(ref vcpu)), vcpu.Id.Index);
    }

    /// <summary>True when its kernel can see the place of a vCPU; one without does not run.</summary>
    public static bool IsVisible(ref Vcpu vcpu) => vcpu.InfoPage.Exists || vcpu.Id.Index < Domain.VcpusInSharedPage;

    /// <summary>The place of a vCPU by number, below <see cref="Domain.MaxVcpus"/>; for one that does not exist, that of some other.</summary>
    public static ref VcpuInfo Of(ref Domain domain, int index)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, index);
        if (Refs.IsNull(ref vcpu))
        {
            return ref EventBits.VcpuInfoOf(ref SharedPages.Of(ref domain), index % Domain.VcpusInSharedPage);
        }

        return ref Of(ref vcpu);
    }

    /// <summary>
    /// Moves to a page of the domain, with everything marked pending, so that nothing raised meanwhile is lost. The vCPU is down or
    /// is the caller. <see cref="Errno.Inval"/>: it has moved before, the place does not fit a page or is not aligned, or the frame
    /// is not the domain's; <see cref="Errno.Busy"/>: a page table.
    /// </summary>
    public static Result Move(ref Vcpu vcpu, Mfn frame, uint offset)
    {
        if (offset > (uint)(PageSize.Bytes - Machine.Layouts.Layout.SizeOf<VcpuInfo>()) || (offset & Alignment) != 0)
        {
            return Errno.Inval;
        }

        ref Domain domain = ref DomainList.Of(ref vcpu);
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        VcpuInfo old = Of(ref vcpu);
        Result kept = vcpu.InfoPage.Keep(frame, domain.Id);
        if (!kept.Try(out Errno error))
        {
            return error == Errno.Exist ? Errno.Inval : kept;
        }

        vcpu.InfoOffset = (int)offset;
        old.UpcallPending = 1;
        old.PendingSelector = ulong.MaxValue;
        Of(ref vcpu) = old;
        return Result.Success;
    }
}
