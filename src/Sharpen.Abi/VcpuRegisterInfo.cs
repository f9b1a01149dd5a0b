namespace Sharpen.Abi;

/// <summary><c>struct vcpu_register_vcpu_info</c>. Source: <c>vcpu.h</c>.</summary>
public struct VcpuRegisterInfo : IAbiData
{
    /// <summary><c>mfn</c></summary>
    public ulong Mfn;

    /// <summary><c>offset</c></summary>
    public uint Offset;

    /// <summary><c>rsvd</c></summary>
    public uint Reserved;
}
