using Sharpen.Machine.Cpu;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Interrupts;

/// <summary>Messages from one CPU to another: the simulation delivers them when the other CPU is next interruptible.</summary>
public static class Ipi
{
    /// <summary>Makes that CPU enter the hypervisor, look into its mailbox and run its dispatcher.</summary>
    public static void Kick(CpuId cpu) => SimulatedMachine.Current.PostKick(cpu.Value);

    /// <summary>The number that messages to a CPU carry.</summary>
    public static uint ApicIdOf(CpuId cpu) => (uint)cpu.Value;

    /// <summary>Nothing to do: a simulated CPU can be looked at from the test.</summary>
    public static void Alarm(CpuId cpu) => _ = cpu;
}
