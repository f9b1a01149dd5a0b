using System.Runtime.InteropServices;

namespace Sharpen.Machine.Cpu;

/// <summary>The 64-bit task-state segment. Source: AMD APM volume 2, section 12.2.5.</summary>
[StructLayout(LayoutKind.Explicit, Size = 104)]
internal struct TaskState
{
    /// <summary>Top of the stack for entries from ring 3.</summary>
    [FieldOffset(4)]
    internal ulong Rsp0;

    /// <summary>NMI.</summary>
    [FieldOffset(36)]
    internal ulong Ist1;

    /// <summary>Machine check.</summary>
    [FieldOffset(44)]
    internal ulong Ist2;

    /// <summary>Double fault.</summary>
    [FieldOffset(52)]
    internal ulong Ist3;

    /// <summary>Debug exception.</summary>
    [FieldOffset(60)]
    internal ulong Ist4;

    /// <summary>Past the limit: no I/O bitmap.</summary>
    [FieldOffset(102)]
    internal ushort IoBitmap;
}
