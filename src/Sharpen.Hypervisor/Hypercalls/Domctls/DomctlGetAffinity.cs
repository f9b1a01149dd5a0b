using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>The CPUs that a vCPU may use, and those that it likes. <see cref="Errno.Inval"/>: no such vCPU, or nothing asked; <see cref="Errno.Fault"/>: they cannot be written.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetVcpuAffinity, WritesBack = true)]
public readonly struct DomctlGetAffinity : IDomctl<DomctlAffinity>
{
    private const uint Hard = 1;
    private const uint Soft = 2;
    private const uint Force = 4;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlAffinity arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (Refs.IsNull(ref vcpu) || (arguments.Flags & (Hard | Soft | Force)) == 0)
        {
            return Errno.Inval;
        }

        CpuMask cpus = vcpu.Unit.Affinity;
        cpus.IntersectWith(in HostCpus.Active);
        if (cpus.IsEmpty)
        {
            cpus = HostCpus.Active;     // none of its own takes part, so it runs anywhere
        }

        CpuMask liked = vcpu.Unit.Liked;
        liked.IntersectWith(in HostCpus.Active);
        Result written = (arguments.Flags & Hard) != 0 ? GuestBitmap.Write(arguments.Hard, arguments.HardBits, in cpus) : Result.Success;
        return written.Try(out _) && (arguments.Flags & Soft) != 0
            ? GuestBitmap.Write(arguments.Soft, arguments.SoftBits, in liked) : written;
    }
}
