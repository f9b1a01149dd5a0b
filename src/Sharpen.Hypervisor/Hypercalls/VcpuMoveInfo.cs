using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Moves what a vCPU shares with the hypervisor to a page of the domain's own, once. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Fault"/>: the argument cannot be read; <see cref="Errno.Inval"/>: the vCPU is up and not the caller, has moved before, or the place is none; <see cref="Errno.Busy"/>: a page table.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.RegisterVcpuInfo)]
public readonly struct VcpuMoveInfo : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Vcpu vcpu = ref VcpuTarget.Find(ref caller, in call);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.NoEnt;
        }

        if (!VcpuTarget.Read<VcpuRegisterInfo>(in call).Try(out VcpuRegisterInfo place, out Errno unreadable))
        {
            return unreadable;
        }

        if (vcpu.Id != caller.Id && (vcpu.Halts & VcpuHalt.Down) == 0)
        {
            return Errno.Inval;
        }

        return VcpuInfos.Move(ref vcpu, new Mfn(place.Mfn), place.Offset);
    }
}
