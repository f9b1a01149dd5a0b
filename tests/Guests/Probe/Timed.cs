using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sharpen.Guest;

/// <summary>The single operations of <c>Timed.S</c>: ticks of the time-stamp counter, what stands around the operation included.</summary>
internal static unsafe class Timed
{
    [RuntimeImport("probe_begin")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Begin();

    [RuntimeImport("probe_end")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void End();

    [RuntimeImport("probe_call")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Call(TimedCall* call);

    [RuntimeImport("probe_call_nothing")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong CallNothing(TimedCall* call);

    [RuntimeImport("probe_breakpoint")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Breakpoint(TimedCall* call);

    [RuntimeImport("probe_touch_hole")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong TouchHole(TimedCall* call);

    [RuntimeImport("probe_touch_page")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong TouchPage(TimedCall* call);

    [RuntimeImport("probe_nothing")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Nothing(TimedCall* call);

    [RuntimeImport("probe_iret")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Iret(TimedCall* call);

    [RuntimeImport("probe_iret_nothing")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong IretNothing(TimedCall* call);

    [RuntimeImport("probe_upcall_entry")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void UpcallSymbol();

    [RuntimeImport("probe_breakpoint_entry")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void BreakpointSymbol();

    [RuntimeImport("probe_page_fault_entry")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void PageFaultSymbol();

    [RuntimeImport("probe_upcalls")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void UpcallsSymbol();

    /// <summary>How often the event callback was entered.</summary>
    internal static ulong Upcalls => *(ulong*)(delegate*<void>)&UpcallsSymbol;

    internal static ulong UpcallEntry => (ulong)(delegate*<void>)&UpcallSymbol;

    internal static ulong BreakpointEntry => (ulong)(delegate*<void>)&BreakpointSymbol;

    internal static ulong PageFaultEntry => (ulong)(delegate*<void>)&PageFaultSymbol;
}
