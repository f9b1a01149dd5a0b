using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Domains;

/// <summary>All domains and vCPUs of the host.</summary>
internal struct DomainsState
{
    internal SpinLock<DomainListRank> Lock;
    internal Pool<Domain> Domains;
    internal Pool<Vcpu> Vcpus;
    internal Pool<PirqTable> Pirqs;
}
