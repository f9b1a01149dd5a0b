using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Cpu;

/// <summary>Addresses of assembly storage and code; none of these is ever called.</summary>
/// <remarks>
/// Never inlined: the compiler folds the difference of two such addresses with the numbers it knows them by while compiling, and
/// emits a wrong constant.
/// </remarks>
internal static unsafe class Symbols
{
    internal static byte* VectorStubs
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (byte*)(delegate*<void>)&vector_stubs;
    }

    internal static byte* Idt
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (byte*)(delegate*<void>)&interrupt_descriptors;
    }

    internal static byte* SyscallPage
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (byte*)(delegate*<void>)&syscall_page;
    }

    internal static byte* FixupsStart
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (byte*)(delegate*<void>)&fixups_start;
    }

    internal static byte* FixupsEnd
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (byte*)(delegate*<void>)&fixups_end;
    }

    internal static ulong TextStart
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (ulong)(delegate*<void>)&image_start_address;
    }

    internal static ulong TextEnd
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (ulong)(delegate*<void>)&text_end;
    }

    internal static ulong ImageEnd
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (ulong)(delegate*<void>)&image_end_address;
    }

    internal static byte* BootMagic
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (byte*)(delegate*<void>)&boot_magic;
    }

    internal static byte* BootInfoAddress
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (byte*)(delegate*<void>)&boot_info_address;
    }

    internal static byte* BootPhysicalStart
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (byte*)(delegate*<void>)&boot_physical_start;
    }

    internal static byte* TrampolineStart
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (byte*)(delegate*<void>)&trampoline_start;
    }

    internal static byte* TrampolineEnd
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (byte*)(delegate*<void>)&trampoline_end;
    }

    [RuntimeImport("vector_stubs")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void vector_stubs();

    [RuntimeImport("interrupt_descriptors")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void interrupt_descriptors();

    [RuntimeImport("syscall_page")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void syscall_page();

    [RuntimeImport("fixups_start")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void fixups_start();

    [RuntimeImport("fixups_end")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void fixups_end();

    [RuntimeImport("image_start_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void image_start_address();

    [RuntimeImport("text_end")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void text_end();

    [RuntimeImport("image_end_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void image_end_address();

    [RuntimeImport("boot_magic")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void boot_magic();

    [RuntimeImport("boot_info_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void boot_info_address();

    [RuntimeImport("boot_physical_start")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void boot_physical_start();

    [RuntimeImport("trampoline_start")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void trampoline_start();

    [RuntimeImport("trampoline_end")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void trampoline_end();
}
