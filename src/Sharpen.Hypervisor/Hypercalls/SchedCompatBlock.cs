using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Unmasks upcalls and sleeps until an event, by the number of Xen before 3.0.2.</summary>
[Hypercall(Hypercall.SchedOpCompat, SchedCommand.Block)]
public readonly struct SchedCompatBlock : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => SchedBlock.Execute(ref caller, in call);
}
