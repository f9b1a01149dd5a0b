using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Nothing is to be done: an interrupt is ended by its own call, whatever the mask of its port.</summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.IrqUnmaskNotify)]
public readonly struct PhysdevNotifyUnmask : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => 0;
}
