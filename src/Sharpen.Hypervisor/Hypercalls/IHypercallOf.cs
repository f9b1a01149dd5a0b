using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>An operation whose second argument points to a structure.</summary>
/// <typeparam name="TArguments">The structure, as the ABI lays it out; already copied in.</typeparam>
public interface IHypercall<TArguments>
    where TArguments : unmanaged, IAbiData
{
    /// <summary>Carries it out for the vCPU that this CPU is serving.</summary>
    static abstract Answer Execute(ref Vcpu caller, ref TArguments arguments);
}
