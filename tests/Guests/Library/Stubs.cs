using System.Runtime;
using System.Runtime.CompilerServices;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>What is written in assembly.</summary>
internal static unsafe class Stubs
{
    [RuntimeImport("guest_hypercall")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern long Call(Hypercall number, ulong first, ulong second, ulong third, ulong fourth);

    [RuntimeImport("guest_read_tsc")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong ReadTsc();

    [RuntimeImport("guest_port_in8")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte In8(ushort port);

    [RuntimeImport("guest_port_out8")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Out8(ushort port, byte value);

    [RuntimeImport("guest_raw_iret")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void RawIret(IretContext* frame);

    [RuntimeImport("guest_fault_on")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void FaultOn(ulong stack);

    [RuntimeImport("guest_shared_page")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void SharedPageSymbol();

    [RuntimeImport("guest_upcall_entry")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void UpcallEntrySymbol();

    [RuntimeImport("guest_exception_0")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void DivideSymbol();

    [RuntimeImport("guest_exception_6")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void UndefinedSymbol();

    [RuntimeImport("guest_exception_13")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ProtectionSymbol();

    [RuntimeImport("guest_exception_14")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void PageFaultSymbol();

    internal static ulong SharedPage => (ulong)(delegate*<void>)&SharedPageSymbol;

    internal static ulong UpcallEntry => (ulong)(delegate*<void>)&UpcallEntrySymbol;

    internal static ulong DivideEntry => (ulong)(delegate*<void>)&DivideSymbol;

    internal static ulong UndefinedEntry => (ulong)(delegate*<void>)&UndefinedSymbol;

    internal static ulong ProtectionEntry => (ulong)(delegate*<void>)&ProtectionSymbol;

    internal static ulong PageFaultEntry => (ulong)(delegate*<void>)&PageFaultSymbol;
}
