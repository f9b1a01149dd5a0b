using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Interrupts;

/// <summary>The simulated interrupt controller has nothing to set up: kicks and timers are the machine's own.</summary>
public static class LocalApic
{
    /// <summary>Nothing to do.</summary>
    public static void Choose(MachineAddress registers, bool allowX2Apic) => _ = (registers, allowX2Apic);

    /// <summary>Nothing to do.</summary>
    public static void Enable()
    {
    }

    /// <summary>The number of this CPU.</summary>
    public static uint Id => (uint)Cpu.Processor.Id.Value;

    /// <summary>Never.</summary>
    public static bool IsX2Apic => false;

    /// <summary>Nothing to do.</summary>
    public static void Acknowledge()
    {
    }
}
