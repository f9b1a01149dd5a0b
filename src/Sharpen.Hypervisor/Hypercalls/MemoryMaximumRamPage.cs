using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Memory;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Answers the number of the frame behind the last one of the host's RAM.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.MaximumRamPage)]
public readonly struct MemoryMaximumRamPage : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => (long)HostMap.RamEnd.Value;
}
