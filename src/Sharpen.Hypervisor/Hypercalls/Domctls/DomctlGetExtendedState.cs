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
/// Tells the extended vector state of a vCPU: XCR0, all that it ever was, and the area as XSAVE writes it. For no features and no room only
/// those of the host and the most room.
/// <see cref="Errno.Srch"/>: no such vCPU; <see cref="Errno.Inval"/>: the caller's own domain, not the features of this host, or too little room;
/// <see cref="Errno.Fault"/>: it cannot be written.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetVcpuExtendedState, WritesBack = true)]
public readonly struct DomctlGetExtendedState : IDomctl<DomctlExtendedState>
{
    /// <summary>Bytes before the area.</summary>
    internal const int HeadBytes = 2 * sizeof(ulong);

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlExtendedState arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (Refs.IsNull(ref vcpu) || target.Id == caller.Id.Domain)
        {
            return Refs.IsNull(ref vcpu) ? Errno.Srch : Errno.Inval;
        }

        using StoppedVcpu stopped = VcpuGlue.Stop(ref vcpu);
        return stopped.IsStopped ? Tell(ref target, ref vcpu, ref arguments) : Answer.Again;
    }

    private static Result Tell(ref Domain target, ref Vcpu vcpu, ref DomctlExtendedState arguments)
    {
        if (arguments.Size == 0 && arguments.Features == 0)
        {
            arguments.Features = GuestCpu.ExtendedFeatures;
            arguments.Size = (ulong)(uint)(HeadBytes + GuestCpu.ExtendedBytes(GuestCpu.ExtendedFeatures));
            return Result.Success;
        }

        Fixed1024<byte> copy = default;
        if (!Copy(ref target, ref vcpu, copy.Span).Try(out int size, out Errno gone))
        {
            return gone;
        }

        if (arguments.Features != GuestCpu.ExtendedFeatures || arguments.Size < (ulong)(uint)size)
        {
            return Errno.Inval;
        }

        arguments.Size = (ulong)(uint)size;
        return GuestMemory.WriteBytes(new GuestLinear(arguments.Buffer), copy.Span.Slice(0, size));
    }

    private static Result<int> Copy(ref Domain target, ref Vcpu vcpu, Span<byte> to)
    {
        using Locked<DomainRank> held = target.Lock.Enter(NoLocks.Held);
        if (target.Phase >= DomainPhase.Dying)
        {
            return Errno.Srch;
        }

        ulong ever = vcpu.IsInitialised ? GuestCpu.Xcr0EverOf(in vcpu.Context) : 0;
        if (ever == 0)
        {
            return HeadBytes;
        }

        int area = GuestCpu.ExtendedBytes(ever);
        BinaryPrimitives.WriteUInt64LittleEndian(to, GuestCpu.Xcr0Of(in vcpu.Context));
        BinaryPrimitives.WriteUInt64LittleEndian(to.Slice(sizeof(ulong)), ever);
        GuestCpu.GetExtended(in vcpu.Context, to.Slice(HeadBytes, area));
        return HeadBytes + area;
    }
}
