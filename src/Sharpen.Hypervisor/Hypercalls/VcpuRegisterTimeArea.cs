using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Writes what is needed to compute system time from the TSC to a place of the kernel's choice, for its user code to see; it never changes afterwards. A null address does nothing. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Fault"/>: the argument cannot be read or the place not be written.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.RegisterVcpuTimeMemoryArea)]
public readonly struct VcpuRegisterTimeArea : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Vcpu vcpu = ref VcpuTarget.Find(ref caller, in call);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.NoEnt;
        }

        if (!VcpuTarget.Read<GuestWord>(in call).Try(out GuestWord word, out Errno unreadable))
        {
            return unreadable;
        }

        ulong address = word.Value;

        return address == 0 ? 0 : GuestTime.Publish(address, in DomainList.Of(ref caller).Tsc);
    }
}
