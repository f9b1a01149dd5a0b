using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Diagnostics.Keys;

/// <summary>The interrupt lines in use and whose they are, for a debug key.</summary>
internal static class InterruptFacts
{
    /// <summary>Prints them, and what came that nobody expected.</summary>
    internal static void Show()
    {
        Log.Report($"IRQ information:");
        for (int number = 0; number < InterruptLines.Count; number++)
        {
            InterruptLine line = InterruptLines.Snapshot(number);
            if (line.Vector != 0)
            {
                Show(number, in line);
            }
        }

        for (int cpu = 0; cpu < CpuId.Limit; cpu++)
        {
            ulong stray = Processors.Online.Has(new CpuId(cpu)) ? InterruptLines.StrayOn(new CpuId(cpu)) : 0;
            if (stray != 0)
            {
                Log.Report($"   CPU {cpu}: {stray} interrupts that nobody expected");
            }
        }
    }

    private static void Show(int number, in InterruptLine line)
    {
        Log.Report($"   IRQ: {number} vec:{(ulong)line.Vector:x} CPU:{line.Cpu} {NameOf(in line)} came {line.Count}, unwanted {line.Unwanted}, in-flight={(line.IsInService ? 1 : 0)}");
        if (line.IsOwn)
        {
            Log.Report($"        the hypervisor's own");
        }

        ref Domain domain = ref DomainList.At(line.DomainSlot);
        if (line.IsClaimed && !Refs.IsNull(ref domain))
        {
            Log.Report($"        d{domain.Id.Value}: {line.Pirq}");
        }
    }

    private static string NameOf(in InterruptLine line) => line.Kind switch
    {
        LineKind.Pin => line.IsLevel ? "IO-APIC-level" : "IO-APIC-edge",
        LineKind.Message => "PCI-MSI",
        _ => "PCI-MSI-X",
    };
}
