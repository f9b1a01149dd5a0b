using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Replaces the entry that maps an address, in the page tables that the caller's kernel runs on. First argument: the address; second:
/// the entry; third: which translations to forget, when and where. <see cref="Errno.Inval"/>: no table maps that address, or the entry is one
/// that no guest may have; <see cref="Errno.Busy"/>: the frame is not the caller's, or in use as something else; <see cref="Errno.Perm"/>: a
/// device that is not for the caller; <see cref="Errno.Fault"/>: the bitmap of vCPUs cannot be read, the entry is written.
/// </summary>
[Hypercall(Hypercall.UpdateVaMapping)]
public readonly struct UpdateVaMapping : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        return VaMapping.Replace(ref caller, ref own, in call, MmuForeign.Own(ref own));
    }
}
