using System.Runtime.CompilerServices;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref VcpuInfo Of(ref Vcpu vcpu)
    {
        ref VcpuInfo kept = ref vcpu.Info.Value;
        if (!Refs.IsNull(ref kept))
        {
            return ref kept;
        }

        return ref FirstOf(ref vcpu);
    }

    /// <summary>The place of a vCPU if it was kept, as most are, or <see cref="Refs.Null"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref VcpuInfo KeptOf(ref Vcpu vcpu) => ref vcpu.Info.Value;

    // Of one whose place was not kept.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ref VcpuInfo FirstOf(ref Vcpu vcpu)
    {
        if (vcpu.Id.Index >= Domain.VcpusInSharedPage)
        {
            return ref vcpu.OwnInfo;
        }

        return ref EventBits.VcpuInfoOf(ref SharedPages.Of(ref DomainList.Of(ref vcpu)), vcpu.Id.Index);
    }

    /// <summary>Keeps the place of a vCPU in the shared page, once both exist, so that it need not be worked out each time.</summary>
    internal static void Keep(ref Domain domain, ref Vcpu vcpu)
    {
        if (domain.Shared.Exists && vcpu.Id.Index < Domain.VcpusInSharedPage)
        {
            uint offset = (uint)(vcpu.Id.Index * Machine.Layouts.Layout.SizeOf<VcpuInfo>());
            _ = vcpu.Info.Keep(domain.Shared.Frame, offset, domain.Id);
        }
    }

    /// <summary>True when its kernel can see the place of a vCPU; one without does not run.</summary>
    public static bool IsVisible(ref Vcpu vcpu) => vcpu.HasMovedInfo || vcpu.Id.Index < Domain.VcpusInSharedPage;

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
        if (vcpu.HasMovedInfo)
        {
            return Errno.Inval;
        }

        KeptSpot<VcpuInfo> place = default;
        Result kept = place.Keep(frame, offset, domain.Id);
        if (!kept.Try(out _))
        {
            return kept;
        }

        VcpuInfo old = Of(ref vcpu);
        old.UpcallPending = 1;
        old.PendingSelector = ulong.MaxValue;
        place.Value = old;
        vcpu.Info.Release();
        vcpu.Info = place;
        vcpu.HasMovedInfo = true;
        return Result.Success;
    }
}
