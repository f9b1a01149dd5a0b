using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>What happens to the host, told to the domain that looks after it. Takes that domain's event lock.</summary>
public static class HostEvents
{
    /// <summary>Raises a virtual interrupt of the whole host in the hardware domain, if there is one and it has bound it.</summary>
    public static void Raise(Virq virq)
    {
        ref Domain domain = ref DomainList.FindHardware();
        if (!Refs.IsNull(ref domain) && !domain.IsEnding)
        {
            VcpuGlue.Wake(ref domain, DomainEvents.RaiseVirq(ref domain, virq, 0));
        }
    }

    /// <summary>On the way out: lines have been written, and whoever follows the ring is told.</summary>
    public static void TellConsoleNews()
    {
        if (HostConsole.TakeNews())
        {
            Raise(Virq.ConsoleRing);
        }
    }
}
