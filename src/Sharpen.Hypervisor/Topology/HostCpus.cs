using Sharpen.Hypervisor.Acpi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Smp;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Topology;

/// <summary>The CPUs of the host, by the hypervisor's numbers, and what they are called elsewhere.</summary>
public static class HostCpus
{
    /// <summary>Makes room. Once, before the boot CPU's own area is made.</summary>
    public static void Reserve() => PerCpu.Reserve<HostCpu>();

    /// <summary>The CPU that calls notes what it is called. On each, before it is used.</summary>
    public static void Join()
    {
        ref HostCpu cpu = ref PerCpu.Local<HostCpu>();
        cpu.ApicId = LocalApic.Id;
        ref AcpiFacts facts = ref Firmware.Facts;
        int index = facts.FindCpu(cpu.ApicId, Processor.Id.Value);
        cpu.AcpiId = index < 0 ? cpu.ApicId : facts.Cpus[index].AcpiId;
        cpu.Proximity = index < 0 ? 0 : facts.Cpus[index].Proximity;
        Root.Of<HostCpusState>().Active.Add(Processor.Id);
    }

    /// <summary>The CPUs that take part: of those that there are, the ones that nobody has taken down.</summary>
    public static ref readonly CpuMask Active => ref Root.Of<HostCpusState>().Active;

    /// <summary>True when there is a CPU of this number and it takes part; any number may be asked for.</summary>
    public static bool IsActive(uint number) => number < CpuId.Limit && Active.Has(new CpuId((int)number));

    /// <summary>The CPU that calls takes part again, or no longer. One at a time.</summary>
    public static void SetActive(bool isActive)
    {
        ref CpuMask active = ref Root.Of<HostCpusState>().Active;
        if (isActive)
        {
            active.Add(Processor.Id);
        }
        else
        {
            active.Remove(Processor.Id);
        }
    }

    /// <summary>The highest number of a CPU.</summary>
    public static uint Highest
    {
        get
        {
            int highest = 0;
            for (int next = 0; Processors.Online.TryNext(next, out CpuId cpu); next = cpu.Value + 1)
            {
                highest = cpu.Value;
            }

            return (uint)highest;
        }
    }

    /// <summary>True when there is a CPU of this number; any number may be asked for.</summary>
    public static bool Exists(uint number) => number < CpuId.Limit && Processors.Online.Has(new CpuId((int)number));

    /// <summary>What the CPU of a number that exists is called.</summary>
    public static HostCpu Of(uint number) => PerCpu.Of<HostCpu>(new CpuId((int)number));

    /// <summary>True when a CPU is called so by the firmware's byte code.</summary>
    public static bool IsKnownToAcpi(uint acpiId)
    {
        foreach (AcpiCpu cpu in Firmware.Facts.Cpus)
        {
            if (cpu.AcpiId == acpiId)
            {
                return true;
            }
        }

        return false;
    }
}
