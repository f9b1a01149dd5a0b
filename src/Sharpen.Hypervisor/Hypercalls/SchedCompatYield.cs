using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The caller lets others run first, by the number of Xen before 3.0.2.</summary>
[Hypercall(Hypercall.SchedOpCompat, SchedCommand.Yield)]
public readonly struct SchedCompatYield : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => SchedYield.Execute(ref caller, in call);
}
