using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Interrupts;

/// <summary>Messages from one CPU to another.</summary>
public static unsafe class Ipi
{
    /// <summary>Makes that CPU enter the hypervisor, look into its mailbox and run its dispatcher.</summary>
    public static void Kick(CpuId cpu) => LocalApic.Send(ApicIdOf(cpu), Vector.Kick);

    /// <summary>Interrupts that CPU whatever it does, for a panic or a dump.</summary>
    public static void Alarm(CpuId cpu) => LocalApic.SendNmi(ApicIdOf(cpu));

    /// <summary>The number that messages to a CPU carry; that of a CPU which has been started.</summary>
    public static uint ApicIdOf(CpuId cpu) => ((CpuBlock*)(CpuArea.StackBlock(cpu) + CpuBlock.Offset))->ApicId;
}
