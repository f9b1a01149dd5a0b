using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>The nodes that a domain likes: the only one. <see cref="Errno.Fault"/>: they cannot be written.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetNodeAffinity, WritesBack = true)]
public readonly struct DomctlGetNodes : IDomctl<DomctlNodes>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlNodes arguments)
    {
        CpuMask first = default;
        first.Add(new CpuId(0));
        return GuestBitmap.Write(arguments.Nodes, arguments.NodeBits, in first);
    }
}
