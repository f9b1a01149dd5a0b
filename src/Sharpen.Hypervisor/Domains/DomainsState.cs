using Sharpen.Machine.Collections;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Domains;

/// <summary>All domains and vCPUs of the host.</summary>
internal struct DomainsState
{
    internal SpinLock<DomainListRank> Lock;
    internal Pool<Domain> Domains;
    internal Pool<Vcpu> Vcpus;

    /// <summary>The slot of each domain plus one, by its number; 0 for none.</summary>
    internal Fixed32768<ushort> SlotOf;

    /// <summary>No domain ever had this number or a higher one.</summary>
    internal int IdLimit;

    /// <summary>The number that was last given to a domain whose maker did not choose one.</summary>
    internal int LastId;
}
