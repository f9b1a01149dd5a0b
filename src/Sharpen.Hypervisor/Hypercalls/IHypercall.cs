using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>An operation whose arguments are all in registers.</summary>
public interface IHypercall
{
    /// <summary>Carries it out for the vCPU that this CPU is serving.</summary>
    static abstract Answer Execute(ref Vcpu caller, in HypercallArguments call);
}
