using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Answers how many frames sharing saves: none, as nothing is shared.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.SharingFreedPages)]
public readonly struct MemorySharingFreed : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => 0;
}
