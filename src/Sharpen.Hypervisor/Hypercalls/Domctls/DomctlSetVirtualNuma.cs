using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Sets the nodes that a domain sees, which is one: <see cref="Errno.OpNotSupp"/>; <see cref="Errno.Inval"/>: no nodes or ranges, or not its number of vCPUs.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetVirtualNuma)]
public readonly struct DomctlSetVirtualNuma : IDomctl<DomctlVirtualNuma>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlVirtualNuma arguments)
    {
        bool isSane = arguments.Nodes != 0 && arguments.Ranges != 0 && arguments.Vcpus == (uint)target.MostVcpus && arguments.Padding == 0;
        return isSane ? Errno.OpNotSupp : Errno.Inval;
    }
}
