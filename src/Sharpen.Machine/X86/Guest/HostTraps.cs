using Sharpen.Abi;
using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Guest;

/// <summary>Faults that strike while the hypervisor itself runs.</summary>
public static class HostTraps
{
    /// <summary>True when a stub expected this fault and has been sent on; false when it is a bug.</summary>
    public static bool TryFixUp(ref CpuUserRegisters registers)
    {
        ulong continuation = Fixups.ContinuationOf(registers.Rip);
        if (continuation == 0)
        {
            return false;
        }

        registers.Rip = continuation;
        return true;
    }

    /// <summary>
    /// True when a debug exception in the hypervisor is a guest's doing: a breakpoint on memory that we copy for it, or a trap that the CPU held
    /// back until it was here. It is forgotten, and the hypervisor goes on.
    /// </summary>
    public static unsafe bool TryIgnoreDebug(ref CpuUserRegisters registers)
    {
        const uint Debug = 1;
        const ulong Trap = 1UL << 8;
        if (registers.EntryVector != Debug || CpuBlock.Current->InGuestContext == 0)
        {
            return false;
        }

        registers.Rflags &= ~Trap;
        return (DebugRegisters.TakeEvents() & VcpuDebug.StatusEvents) != 0;
    }

    /// <summary>
    /// True when the fault struck while this CPU served a guest, on its main stack and with no lock held: nothing but that guest's work
    /// is lost if the stack is reset.
    /// </summary>
    public static unsafe bool IsConfinedToGuest(in CpuUserRegisters registers)
    {
        CpuBlock* block = CpuBlock.Current;
        ulong offset = unchecked(registers.Rsp - CpuBlock.Start);
        return block->InGuestContext != 0 && block->LocksHeld == 0 && offset is >= CpuBlock.MainStackBottom and < CpuBlock.MainStackTop;
    }

    /// <summary>Forgets the stack and goes on where a crashed guest's CPU goes on. Never returns.</summary>
    public static void ResetStack() => Instructions.ResetAndLeave();

    /// <summary>The address that the last page fault was about.</summary>
    public static ulong FaultAddress => Instructions.ReadCr2();

    /// <summary>The root of the page tables in use, as CR3 holds it.</summary>
    public static ulong TableRoot => Instructions.ReadCr3();
}
