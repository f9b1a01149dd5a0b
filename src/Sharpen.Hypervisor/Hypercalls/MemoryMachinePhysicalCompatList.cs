using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary><see cref="Errno.OpNotSupp"/>: there is no machine-to-physical table for 32-bit guests.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.MachinePhysicalCompatList)]
public readonly struct MemoryMachinePhysicalCompatList : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => Errno.OpNotSupp;
}
