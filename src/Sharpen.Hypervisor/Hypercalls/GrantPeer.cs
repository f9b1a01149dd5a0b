using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The domain that an operation on a whole grant table is about: the caller's own, or by a privileged caller any.</summary>
internal static class GrantPeer
{
    /// <summary>The domain, or a null reference and why.</summary>
    internal static ref Domain Find(ref Vcpu caller, ushort id, out GrantStatus refused)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        ref Domain domain = ref Peers.Find(ref own, new DomainId(id));
        refused = GrantStatus.Okay;
        if (Refs.IsNull(ref domain))
        {
            refused = GrantStatus.BadDomain;
            return ref domain;
        }

        if (domain.Id != own.Id && !own.IsPrivileged)
        {
            refused = GrantStatus.PermissionDenied;
            return ref Refs.Null<Domain>();
        }

        return ref domain;
    }
}
