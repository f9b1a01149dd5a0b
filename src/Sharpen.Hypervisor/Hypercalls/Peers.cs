using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Domains as a caller names them: <see cref="DomainId.Self"/> stands for its own.</summary>
internal static class Peers
{
    /// <summary>The number that was meant.</summary>
    internal static DomainId Resolve(ref Domain caller, DomainId id) => id == DomainId.Self ? caller.Id : id;

    /// <summary>The domain that was meant, or a null reference.</summary>
    internal static ref Domain Find(ref Domain caller, DomainId id) => ref DomainList.Find(Resolve(ref caller, id));
}
