using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Gives a vCPU its registers, page tables, descriptors and entry points, and brings it up if the context says so. One that has run keeps its tables: only
/// registers, entry points and traps change, while its domain is paused or stopped. <see cref="Errno.Inval"/>: no such vCPU, the caller's own domain or
/// one that is dying, or what no kernel of that domain may have; <see cref="Errno.OpNotSupp"/>: other tables than it has; <see cref="Errno.Busy"/>: it runs;
/// <see cref="Errno.Fault"/>: the context cannot be read; <see cref="Errno.NoMem"/>: no memory for its vector state.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetVcpuContext)]
public readonly struct DomctlSetVcpuContext : IDomctl<DomctlVcpuContext>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlVcpuContext arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (target.Id == caller.Id.Domain || Refs.IsNull(ref vcpu) || arguments.Context == 0)
        {
            return Errno.Inval;
        }

        Result set = Set(ref target, ref vcpu, arguments.Context, out GuestContextFlags flags);
        if (set.Try(out _) && (flags & GuestContextFlags.Online) != 0)
        {
            VcpuGlue.BringUp(ref vcpu);
        }

        return set.Error == Errno.Again ? Answer.Again : set;
    }

    private static Result Set(ref Domain target, ref Vcpu vcpu, ulong address, out GuestContextFlags flags)
    {
        ref VcpuContextBuffer buffer = ref VcpuContextBuffer.Own;
        flags = default;
        if (!GuestMemory.ReadBytes(new GuestLinear(address), Layout.BytesOf(ref buffer.Context)).Try(out Errno unreadable))
        {
            return unreadable;
        }

        flags = buffer.Context.Flags;
        using Locked<DomainRank> held = target.Lock.Enter(NoLocks.Held);
        if (target.Phase >= DomainPhase.Dying)
        {
            return Errno.Inval;
        }

        Result set = vcpu.IsInitialised ? VcpuState.Replace(ref vcpu, ref buffer.Context) : VcpuBeginning.Set(in held, ref target, ref vcpu, ref buffer.Context);
        if (set.Try(out _) && target.Shared.Exists)
        {
            GuestTime.Publish(ref VcpuInfos.Of(ref vcpu), in target.Tsc);
            WallClock.Publish(in held, ref target);
        }

        return set;
    }
}
