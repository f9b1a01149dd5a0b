using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Says which HVM guest a domain serves as its device model: <see cref="Errno.OpNotSupp"/>; <see cref="Errno.Srch"/>: no such domain; <see cref="Errno.Inval"/>: itself.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetTarget)]
public readonly struct DomctlSetTarget : IDomctl<DomctlTarget>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlTarget arguments)
    {
        DomainId served = new(arguments.Target);
        return Refs.IsNull(ref DomainList.Find(served)) ? Errno.Srch : served == target.Id ? Errno.Inval : Errno.OpNotSupp;
    }
}
