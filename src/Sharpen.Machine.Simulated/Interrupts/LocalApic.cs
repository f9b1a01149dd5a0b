using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Interrupts;

/// <summary>The simulated interrupt controller has little to set up: kicks and timers are the machine's own.</summary>
public static class LocalApic
{
    private struct State
    {
        internal bool X2Apic;
    }

    /// <summary>Maps the registers, or chooses x2APIC mode where the CPUs have it.</summary>
    public static void Choose(MachineAddress registers, bool allowX2Apic)
    {
        bool isX2 = allowX2Apic && !SimulatedMachine.Current.LacksX2Apic;
        Root.Of<State>().X2Apic = isX2;
        _ = isX2 ? default : DeviceWindow.Open(registers, PageSize.Bytes);
    }

    /// <summary>Nothing to do.</summary>
    public static void Enable()
    {
    }

    /// <summary>The number of this CPU.</summary>
    public static uint Id => (uint)Cpu.Processor.Id.Value;

    /// <summary>As chosen.</summary>
    public static bool IsX2Apic => Root.Of<State>().X2Apic;

    /// <summary>Nothing to do.</summary>
    public static void Acknowledge()
    {
    }
}
