using System;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Toolstack.Devices;

/// <summary><c>struct loop_config</c>. Source: <c>linux/loop.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 304)]
internal struct LoopSettings
{
    /// <summary><c>fd</c></summary>
    [FieldOffset(0)]
    internal uint File;

    /// <summary><c>block_size</c></summary>
    [FieldOffset(4)]
    internal uint BlockBytes;

    /// <summary><c>info.lo_flags</c></summary>
    [FieldOffset(60)]
    internal uint Flags;

    /// <summary><c>info.lo_file_name</c></summary>
    [FieldOffset(64)]
    internal Bytes64 Name;

    /// <summary>Sets the name that is shown, as much of it as fits.</summary>
    internal void SetName(string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        bytes.AsSpan(0, Math.Min(bytes.Length, 63)).CopyTo(MemoryMarshal.AsBytes(new Span<Bytes64>(ref Name)));
    }
}
