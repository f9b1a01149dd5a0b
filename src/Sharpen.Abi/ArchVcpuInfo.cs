using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct arch_vcpu_info</c>: the x86 part of <see cref="VcpuInfo"/>. Source: <c>arch-x86/xen-x86_64.h</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
public struct ArchVcpuInfo : IAbiData
{
    /// <summary><c>cr2</c>: the address of the last page fault</summary>
    public ulong Cr2;
}
