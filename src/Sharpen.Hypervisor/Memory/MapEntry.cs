using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Hypervisor.Memory;

/// <summary>A range of a memory map as INT 15h function E820 gives it: 20 bytes. Source: ACPI specification, "INT 15H, E820H".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct MapEntry : IAbiData
{
    /// <summary>The first byte.</summary>
    public ulong Start;

    /// <summary>How many bytes.</summary>
    public ulong Bytes;

    /// <summary>What it is: 1 for RAM, 2 for reserved.</summary>
    public uint Kind;
}
