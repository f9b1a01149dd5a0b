using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>An operation of a toolstack on a domain. <see cref="Errno.Srch"/>: there is no such domain.</summary>
/// <typeparam name="TArguments">The operation's own structure, as the ABI lays it out; already copied in.</typeparam>
public interface IDomctl<TArguments>
    where TArguments : unmanaged, IAbiData
{
    /// <summary>Carries it out for the vCPU that this CPU is serving.</summary>
    static abstract Answer Execute(ref Vcpu caller, ref Domain target, ref TArguments arguments);
}
