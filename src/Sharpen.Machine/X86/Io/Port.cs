using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Io;

/// <summary>I/O ports.</summary>
internal static class Port
{
    [RuntimeImport("port_in8")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte In8(ushort port);

    [RuntimeImport("port_in16")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ushort In16(ushort port);

    [RuntimeImport("port_in32")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint In32(ushort port);

    [RuntimeImport("port_out8")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Out8(ushort port, byte value);

    [RuntimeImport("port_out16")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Out16(ushort port, ushort value);

    [RuntimeImport("port_out32")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Out32(ushort port, uint value);
}
