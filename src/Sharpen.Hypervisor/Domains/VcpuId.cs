using Sharpen.Abi;

namespace Sharpen.Hypervisor.Domains;

/// <summary>A vCPU: its domain and its number in it, from 0.</summary>
public readonly struct VcpuId
{
    public readonly DomainId Domain;
    public readonly int Index;

    public VcpuId(DomainId domain, int index)
    {
        Domain = domain;
        Index = index;
    }

    public static bool operator ==(VcpuId left, VcpuId right) => left.Domain == right.Domain && left.Index == right.Index;

    public static bool operator !=(VcpuId left, VcpuId right) => !(left == right);

    public override bool Equals(object? other) => false;

    public override int GetHashCode() => (Domain.Value << 8) ^ Index;
}
