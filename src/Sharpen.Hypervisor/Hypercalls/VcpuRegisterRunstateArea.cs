using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Names the place where a vCPU's run states are to be seen from now on; a null address ends that. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Fault"/>: the argument cannot be read, or an address that no guest has.</summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.RegisterRunstateMemoryArea)]
public readonly struct VcpuRegisterRunstateArea : IHypercall
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

        if (!new GuestLinear(address).HoldsGuest((ulong)Layout.SizeOf<VcpuRunstateInfo>()))
        {
            return Errno.Fault;
        }

        Volatile.Write(ref vcpu.RunstateAddress, address);
        if (address != 0)
        {
            _ = RunstateArea.Write(address, vcpu.Runstates.Describe(Clock.Now), isFlagged: false);
        }

        return 0;
    }
}
