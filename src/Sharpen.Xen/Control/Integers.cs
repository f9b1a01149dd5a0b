using System.Runtime.InteropServices;

namespace Sharpen.Xen.Control;

/// <summary>Arguments of a call that are 32-bit words one after another.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Integers(uint first, uint second, uint third)
{
    internal uint First = first;
    internal uint Second = second;
    internal uint Third = third;
}
