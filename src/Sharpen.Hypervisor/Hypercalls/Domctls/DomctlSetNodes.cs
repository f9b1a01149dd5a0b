using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Sets the nodes that a domain likes, of which there is one. <see cref="Errno.Inval"/>: it is not among them; <see cref="Errno.Fault"/>: they cannot be read.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetNodeAffinity)]
public readonly struct DomctlSetNodes : IDomctl<DomctlNodes>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlNodes arguments)
    {
        return !GuestBitmap.Read(arguments.Nodes, arguments.NodeBits, out CpuMask nodes).Try(out Errno unreadable) ? unreadable
            : nodes.Has(new CpuId(0)) ? Errno.None : Errno.Inval;
    }
}
