using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Which version of the interface the grant table of a domain has. <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Perm"/>: another's, by a caller that is not privileged.</summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.GetVersion, WritesBack = true)]
public readonly struct GrantVersionGet : IHypercall<GrantGetVersion>
{
    public static Answer Execute(ref Vcpu caller, ref GrantGetVersion arguments)
    {
        ref Domain domain = ref GrantPeer.Find(ref caller, arguments.Domain, out GrantStatus refused);
        if (Refs.IsNull(ref domain))
        {
            return refused == GrantStatus.BadDomain ? Errno.Srch : Errno.Perm;
        }

        arguments.Version = domain.Grants.Version;
        return 0;
    }
}
