using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>Interrupts of devices go to the domain that has bound them.</summary>
public static class LineDelivery
{
    /// <summary>Serves and ends an interrupt that is not the hypervisor's own. Runs with interrupts off, from a guest or from idle.</summary>
    public static void Serve(byte vector)
    {
        if (!LineClaims.Arrive(vector, out LineTarget target))
        {
            return;
        }

        ref Domain domain = ref DomainList.At(target.DomainSlot);
        if (!Refs.IsNull(ref domain))
        {
            VcpuGlue.Wake(ref domain, DomainPirqs.Raise(ref domain, target.Pirq));
        }
    }
}
