using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Cpu;

/// <summary>Single instructions, in assembly (Sharpen.Image/X86/cpu.S).</summary>
internal static unsafe class Instructions
{
    [RuntimeImport("cpu_cpuid")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Cpuid(uint leaf, uint subleaf, uint* four);

    [RuntimeImport("cpu_read_msr")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int ReadMsr(uint number, ulong* value);

    [RuntimeImport("cpu_write_msr")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int WriteMsr(uint number, ulong value);

    [RuntimeImport("cpu_read_tsc")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong ReadTsc();

    [RuntimeImport("cpu_read_cr0")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong ReadCr0();

    [RuntimeImport("cpu_read_cr2")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong ReadCr2();

    [RuntimeImport("cpu_read_cr3")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong ReadCr3();

    [RuntimeImport("cpu_read_cr4")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong ReadCr4();

    [RuntimeImport("cpu_write_cr3")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void WriteCr3(ulong value);

    [RuntimeImport("cpu_write_cr4")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void WriteCr4(ulong value);

    [RuntimeImport("cpu_load_debug")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadDebug(ulong* addresses);

    [RuntimeImport("cpu_read_dr6")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong ReadDr6();

    [RuntimeImport("cpu_write_dr6")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void WriteDr6(ulong value);

    [RuntimeImport("cpu_write_dr7")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void WriteDr7(ulong value);

    [RuntimeImport("cpu_load_gdt")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadGdt(ulong start, uint limit);

    [RuntimeImport("cpu_load_idt")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadIdt(void* start, uint limit);

    [RuntimeImport("cpu_load_task")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadTask(uint selector);

    [RuntimeImport("cpu_load_ldt")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadLdt(uint selector);

    [RuntimeImport("cpu_invalidate")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Invalidate(ulong linear);

    [RuntimeImport("cpu_write_back")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void WriteBackCaches();

    [RuntimeImport("cpu_stop")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Stop();

    [RuntimeImport("cpu_breakpoint")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void UndefinedInstruction();

    [RuntimeImport("cpu_wait_for_interrupt")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void WaitForInterrupt();

    [RuntimeImport("cpu_frame_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong StackPointer();

    [RuntimeImport("cpu_save_vectors")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void SaveVectors(void* area, CpuBlock* block);

    [RuntimeImport("cpu_restore_vectors")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void RestoreVectors(void* area, CpuBlock* block);

    [RuntimeImport("cpu_xsave")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void XSave(void* area, CpuBlock* block, ulong mask);

    [RuntimeImport("cpu_xrstor")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int XRestore(void* area, CpuBlock* block, ulong mask);

    [RuntimeImport("cpu_write_xcr0")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void WriteXcr0(ulong value);

    [RuntimeImport("cpu_load_selectors")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int LoadSelectors(uint ds, uint es, uint fs, uint gs);

    [RuntimeImport("cpu_save_selectors")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong SaveSelectors();

    [RuntimeImport("cpu_load_waiting_gs")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadWaitingGs(uint selector);

    [RuntimeImport("cpu_swapgs")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void SwapGs();

    [RuntimeImport("guest_close_memory")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void CloseGuestMemory();

    [RuntimeImport("cpu_clear_page")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ClearPage(void* page);

    [RuntimeImport("cpu_triple_fault")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void TripleFault();

    /// <summary>Calls the firmware: its own convention, other tables; status.</summary>
    [RuntimeImport("cpu_call_firmware")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong CallFirmware(ulong function, ulong root, ulong* five);

    [RuntimeImport("run_on_stack")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void RunOnStack(ulong top, void* function);

    [RuntimeImport("reset_and_leave")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ResetAndLeave();
}
