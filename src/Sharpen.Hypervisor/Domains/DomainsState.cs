using Sharpen.Machine.Collections;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Domains;

/// <summary>All domains and vCPUs of the host.</summary>
internal struct DomainsState
{
    internal SpinLock<DomainListRank> Lock;
    internal Fixed16<Domain> Domains;
    internal Fixed32<Vcpu> Vcpus;
}
