using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Boot;

/// <summary>The ways into the hypervisor, as the stubs call them. Each that comes from a guest says what the CPU does next.</summary>
public static class Entry
{
    /// <summary>A guest was interrupted, faulted, or asked for something.</summary>
    public static NextStep FromGuest(ref CpuUserRegisters registers) => NextStep.Idle;

    /// <summary>An idle CPU has been interrupted; what next?</summary>
    public static NextStep Idle() => NextStep.Idle;

    /// <summary>The work for the current guest ended in a bug of ours.</summary>
    public static NextStep AfterCrash() => NextStep.Idle;

    /// <summary>An interrupt while this CPU was idle.</summary>
    public static void IdleInterrupt(uint vector)
    {
        Sharpen.Machine.Interrupts.LocalApic.Acknowledge();
        _ = vector;
    }

    /// <summary>A fault in the hypervisor that no stub expected.</summary>
    public static void HostFault(ref CpuUserRegisters registers)
    {
        Log.Error($"fault {registers.EntryVector} error {registers.ErrorCode} rip {registers.Rip} at {HostTraps.FaultAddress}");
        HostConsole.EnterPanic();
        Processor.Stop();
    }

    /// <summary>NMI, machine check, double fault, or a debug exception in the hypervisor.</summary>
    public static void OwnStack(ref CpuUserRegisters registers) => HostFault(ref registers);
}
