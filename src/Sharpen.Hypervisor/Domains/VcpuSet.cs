namespace Sharpen.Hypervisor.Domains;

/// <summary>Some vCPUs of one domain.</summary>
public readonly struct VcpuSet
{
    private readonly uint _bits;

    private VcpuSet(uint bits) => _bits = bits;

    /// <summary>No vCPU.</summary>
    public static VcpuSet None => default;

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => _bits == 0;

    /// <summary>The vCPU of one number below <see cref="Domain.MaxVcpus"/>.</summary>
    public static VcpuSet Of(int index) => new(1U << index);

    /// <summary>True when the vCPU is among them.</summary>
    public bool Has(int index) => (_bits & (1U << index)) != 0;

    public static VcpuSet operator |(VcpuSet left, VcpuSet right) => new(left._bits | right._bits);
}
