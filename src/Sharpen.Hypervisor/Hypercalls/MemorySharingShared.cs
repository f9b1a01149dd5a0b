using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Answers how many frames are shared: none.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.SharingSharedPages)]
public readonly struct MemorySharingShared : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => 0;
}
