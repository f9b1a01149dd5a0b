using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// As <c>update_va_mapping</c>, for a page of another domain, which the fourth argument names. <see cref="Errno.Srch"/>: there is none, or the
/// caller names itself; <see cref="Errno.Perm"/>: not the caller's to name; the other errors are the same.
/// </summary>
[Hypercall(Hypercall.UpdateVaMappingOtherDomain)]
public readonly struct UpdateVaMappingOfOther : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        return MmuForeign.Decode(ref own, new DomainId(unchecked((ushort)call.Fourth)), out MmuForeign foreign).Try(out Errno error)
            ? VaMapping.Replace(ref caller, ref own, in call, foreign) : error;
    }
}
