using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Hypercalls.Domctls;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Describes domains in the order of their numbers, from one on. <see cref="Errno.Fault"/>: they cannot be written.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.ListDomains, WritesBack = true)]
public readonly struct SysctlListDomains : IHypercall<SysctlDomainList>
{
    public static Answer Execute(ref Vcpu caller, ref SysctlDomainList arguments)
    {
        uint written = 0;
        uint next = arguments.First;
        while (written < arguments.Most && DomainList.TryNext(next, out DomainId id))
        {
            ref Domain domain = ref DomainList.Find(id);
            next = id.Value + 1U;
            if (!Refs.IsNull(ref domain) && !Write(arguments.Buffer, written++, DomainReport.Describe(ref domain)).Try(out Errno unwritable))
            {
                return unwritable;
            }
        }

        arguments.Count = written;
        return 0;
    }

    private static Result Write(ulong buffer, uint index, DomainInfo info) =>
        GuestHandle<DomainInfo>.From(buffer, (ulong)index + 1).Try(out GuestHandle<DomainInfo> place, out Errno wrapped) ? GuestMemory.Write(place, info, index) : wrapped;
}
