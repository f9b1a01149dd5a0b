using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Machine.Memory;

/// <summary>What is known about one frame: an element of the frame table, 32 bytes.</summary>
/// <remarks>All zero means: nobody may have it. Count and type change by atomic operations only; the rest under the lock of whoever owns the frame.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct FrameInfo
{
    internal const int Bytes = 32;

    /// <summary>General references, atomically changed.</summary>
    internal ulong Count;

    /// <summary>Type, whether it was validated, and references as that type.</summary>
    internal ulong Type;

    /// <summary>Next in the list the frame is on: frame number, 0 at the end (frame 0 is never on a list).</summary>
    internal uint Next;

    /// <summary>Previous in that list.</summary>
    internal uint Previous;

    /// <summary>Who it belongs to.</summary>
    internal DomainId Owner;
    internal byte Order;
    internal FrameState State;
    internal byte Node;

    /// <summary>Not zero when the block may hold somebody's data.</summary>
    internal byte Dirty;

    /// <summary>How many entries of a table, from the first on, hold references: all 512 once it is validated.</summary>
    internal ushort Progress;
}
