using System;
using System.Buffers.Binary;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Replaces the extended vector state of a vCPU by one that was told by <see cref="DomctlCommand.GetVcpuExtendedState"/>. <see cref="Errno.Srch"/>: no such
/// vCPU; <see cref="Errno.Inval"/>: the caller's own domain, not a state that a vCPU here can have, or not its size; <see cref="Errno.Fault"/>: it cannot
/// be read; <see cref="Errno.NoData"/>: the vCPU has nothing to begin with, or its domain is dying.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetVcpuExtendedState)]
public readonly struct DomctlSetExtendedState : IDomctl<DomctlExtendedState>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlExtendedState arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (Refs.IsNull(ref vcpu) || target.Id == caller.Id.Domain)
        {
            return Refs.IsNull(ref vcpu) ? Errno.Srch : Errno.Inval;
        }

        if (arguments.Size is < DomctlGetExtendedState.HeadBytes or > Fixed1024<byte>.Length)
        {
            return Errno.Inval;
        }

        Fixed1024<byte> copy = default;
        Span<byte> state = copy.Span.Slice(0, (int)arguments.Size);
        if (!GuestMemory.ReadBytes(new GuestLinear(arguments.Buffer), state).Try(out Errno unreadable))
        {
            return unreadable;
        }

        using StoppedVcpu stopped = VcpuGlue.Stop(ref vcpu);
        return stopped.IsStopped ? Set(ref target, ref vcpu, state) : Answer.Again;
    }

    private static Result Set(ref Domain target, ref Vcpu vcpu, ReadOnlySpan<byte> state)
    {
        ulong current = BinaryPrimitives.ReadUInt64LittleEndian(state);
        ulong ever = BinaryPrimitives.ReadUInt64LittleEndian(state.Slice(sizeof(ulong)));
        ReadOnlySpan<byte> area = state.Slice(DomctlGetExtendedState.HeadBytes);
        if (ever == 0 || (ever & ~GuestCpu.ExtendedFeatures) != 0)
        {
            return (current | ever) == 0 && area.IsEmpty ? Result.Success : Errno.Inval;
        }

        using Locked<DomainRank> held = target.Lock.Enter(NoLocks.Held);
        if (!vcpu.IsInitialised || target.Phase >= DomainPhase.Dying)
        {
            return Errno.NoData;
        }

        bool isSound = area.Length == GuestCpu.ExtendedBytes(ever) && DomainPolicies.HasStates(ref target, ever);
        return isSound && GuestCpu.TrySetExtended(ref vcpu.Context, current, ever, area) ? Result.Success : Errno.Inval;
    }
}
