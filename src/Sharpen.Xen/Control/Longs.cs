using System.Runtime.InteropServices;

namespace Sharpen.Xen.Control;

/// <summary>Arguments of a call that are words one after another.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Longs(ulong first, ulong second, ulong third = 0)
{
    internal ulong First = first;
    internal ulong Second = second;
    internal ulong Third = third;
}
