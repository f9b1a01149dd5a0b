using System.Runtime;
using Sharpen.Abi;
using Sharpen.Hypervisor.Boot;
using Sharpen.Machine.Guest;

namespace Sharpen.Image;

/// <summary>What the assembly stubs call: one method a way in, nothing but the hand-over.</summary>
internal static class Entries
{
    private const uint FirstInterrupt = 32;

    /// <summary>From the boot stub, on the boot stack.</summary>
    [RuntimeExport("image_start")]
    private static void Start() => BringUp.Early();

    /// <summary>The boot CPU on its own stack.</summary>
    [RuntimeExport("image_boot_cpu")]
    private static NextStep BootCpu() => BringUp.Main();

    /// <summary>Another CPU on its own stack.</summary>
    [RuntimeExport("image_other_cpu")]
    private static NextStep OtherCpu() => BringUp.OtherCpu();

    /// <summary>A guest executed the syscall instruction.</summary>
    [RuntimeExport("image_call")]
    private static NextStep Call(ref CpuUserRegisters registers) => Entry.Call(ref registers);

    /// <summary>A guest's page fault.</summary>
    [RuntimeExport("image_page_fault")]
    private static NextStep PageFault(ref CpuUserRegisters registers, ulong address) => Entry.PageFault(ref registers, new GuestLinear(address));

    /// <summary>A guest, or the return to it, faulted.</summary>
    [RuntimeExport("image_fault")]
    private static NextStep Fault(ref CpuUserRegisters registers) => Entry.Fault(ref registers);

    /// <summary>A guest was interrupted.</summary>
    [RuntimeExport("image_interrupt")]
    private static NextStep Interrupt(ref CpuUserRegisters registers) => Entry.Interrupt(ref registers);

    /// <summary>An interrupt ended the wait of an idle CPU: its handler has run, what next?</summary>
    [RuntimeExport("image_idle")]
    private static NextStep Idle() => Entry.Idle();

    /// <summary>A bug ended the work for a guest; its domain is to die.</summary>
    [RuntimeExport("image_after_crash")]
    private static NextStep AfterCrash() => Entry.AfterCrash();

    /// <summary>Something struck while the hypervisor ran.</summary>
    [RuntimeExport("image_from_host")]
    private static void FromHost(ref CpuUserRegisters registers)
    {
        if (registers.EntryVector >= FirstInterrupt)
        {
            Entry.IdleInterrupt(registers.EntryVector);
        }
        else if (!HostTraps.TryFixUp(ref registers))
        {
            Entry.HostFault(ref registers);
        }
    }

    /// <summary>NMI, machine check, double fault, or a debug exception in the hypervisor.</summary>
    [RuntimeExport("image_own_stack")]
    private static void OwnStack(ref CpuUserRegisters registers) => Entry.OwnStack(ref registers);
}
