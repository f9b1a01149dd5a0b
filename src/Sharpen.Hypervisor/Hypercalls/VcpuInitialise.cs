using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Gives a vCPU that never ran what it begins with. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Exist"/>: it has
/// that already; <see cref="Errno.Fault"/>: the argument cannot be read; <see cref="Errno.Inval"/>: an address, selector, page-table
/// root or descriptor table that no kernel of that domain may begin with, or a vCPU that has no place in the shared page and was given none; <see cref="Errno.NoMem"/>: no memory for its vector state.
/// </summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.Initialise)]
public readonly struct VcpuInitialise : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Vcpu vcpu = ref VcpuTarget.Find(ref caller, in call);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.NoEnt;
        }

        if (!VcpuInfos.IsVisible(ref vcpu))
        {
            return Errno.Inval;
        }

        ref VcpuContextBuffer state = ref VcpuContextBuffer.Own;
        if (!GuestMemory.ReadBytes(new GuestLinear(call.Third), Layout.BytesOf(ref state.Context)).Try(out Errno unreadable))
        {
            return unreadable;
        }

        ref Domain domain = ref DomainList.Of(ref vcpu);
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        Result set = VcpuBeginning.Set(in held, ref domain, ref vcpu, ref state.Context);
        return set.Error == Errno.Again ? Answer.Again : set;
    }
}
