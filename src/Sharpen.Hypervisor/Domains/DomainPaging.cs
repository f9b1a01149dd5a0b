using System.Runtime.CompilerServices;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Domains;

/// <summary>How a domain's page tables are visited.</summary>
public static class DomainPaging
{
    /// <summary>Begins a visit to the page tables of a domain, with the rights that it has.</summary>
    /// <param name="held">The domain's lock, held until the visit ends.</param>
    /// <param name="domain">The domain.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GuestPaging Visit(scoped in Locked<DomainRank> held, ref Domain domain)
    {
        domain.Memory.HasDevices = !domain.Memory.Devices.IsEmpty || !domain.Rights.Ports.IsEmpty;
        return new GuestPaging(held, ref domain.Memory, domain.Id);
    }

    /// <summary>CPUs forget what the domain's tables no longer have: before a frame of it is given away or becomes descriptors.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="domain">The domain.</param>
    public static void Forget(scoped in Locked<DomainRank> held, ref Domain domain) =>
        GuestPaging.ForgetTranslations(in held, ref domain.Memory, domain.Id);
}
