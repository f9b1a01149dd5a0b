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
/// Tells registers, page tables, descriptors and entry points of a vCPU; one that runs is stopped for that moment. <see cref="Errno.Inval"/>: the caller's
/// own domain; <see cref="Errno.Srch"/>: no such vCPU, or the domain is dying; <see cref="Errno.NoData"/>: it has nothing to begin with;
/// <see cref="Errno.Fault"/>: it cannot be written.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetVcpuContext)]
public readonly struct DomctlGetVcpuContext : IDomctl<DomctlVcpuContext>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlVcpuContext arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (target.Id == caller.Id.Domain || Refs.IsNull(ref vcpu))
        {
            return target.Id == caller.Id.Domain ? Errno.Inval : Errno.Srch;
        }

        if (!vcpu.IsInitialised)
        {
            return Errno.NoData;
        }

        using StoppedVcpu stopped = VcpuGlue.Stop(ref vcpu);
        return stopped.IsStopped ? Copy(ref target, ref vcpu, arguments.Context) : Answer.Again;
    }

    private static Result Copy(ref Domain target, ref Vcpu vcpu, ulong address)
    {
        ref VcpuContextBuffer buffer = ref VcpuContextBuffer.Own;
        using (Locked<DomainRank> held = target.Lock.Enter(NoLocks.Held))
        {
            if (target.Phase >= DomainPhase.Dying)
            {
                return Errno.Srch;
            }

            VcpuState.Describe(ref target, ref vcpu, ref buffer.Context);
        }

        return GuestMemory.WriteBytes(new GuestLinear(address), Layout.BytesOf(ref buffer.Context));
    }
}
