using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Sets the CPUs that a vCPU may use, or those that it likes, or both, and answers those of them that there are and that it may use. <see cref="Errno.Inval"/>:
/// no such vCPU, nothing asked, or it may use no CPU that there is; <see cref="Errno.Fault"/>: they cannot be read or written.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetVcpuAffinity, WritesBack = true)]
public readonly struct DomctlSetAffinity : IDomctl<DomctlAffinity>
{
    private const uint Hard = 1;
    private const uint Soft = 2;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlAffinity arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (Refs.IsNull(ref vcpu) || arguments.Flags == 0)
        {
            return Errno.Inval;
        }

        if ((arguments.Flags & Hard) != 0)
        {
            Result changed = Restrict(ref vcpu, arguments.Hard, arguments.HardBits);
            if (!changed.Try(out _))
            {
                return changed;
            }
        }

        return (arguments.Flags & Soft) != 0 ? Like(ref vcpu, arguments.Soft, arguments.SoftBits) : 0;
    }

    private static Result Restrict(ref Vcpu vcpu, ulong address, uint bits)
    {
        if (!GuestBitmap.Read(address, bits, out CpuMask wanted).Try(out Errno unreadable))
        {
            return unreadable;
        }

        if (!wanted.Overlaps(in HostCpus.Active))
        {
            return Errno.Inval;
        }

        VcpuGlue.SetAffinity(ref vcpu, in wanted);
        wanted.IntersectWith(in HostCpus.Active);
        return GuestBitmap.Write(address, bits, in wanted);
    }

    private static Result Like(ref Vcpu vcpu, ulong address, uint bits)
    {
        if (!GuestBitmap.Read(address, bits, out CpuMask wanted).Try(out Errno unreadable))
        {
            return unreadable;
        }

        VcpuGlue.SetLiked(ref vcpu, in wanted);
        wanted.IntersectWith(in HostCpus.Active);
        wanted.IntersectWith(in vcpu.Unit.Affinity);
        return GuestBitmap.Write(address, bits, in wanted);
    }
}
