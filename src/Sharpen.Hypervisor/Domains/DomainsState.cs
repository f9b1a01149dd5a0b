using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Domains;

/// <summary>All domains and vCPUs of the host.</summary>
internal struct DomainsState
{
    internal SpinLock<DomainListRank> Lock;
    internal DomainTable Domains;
    internal VcpuTable Vcpus;
}
