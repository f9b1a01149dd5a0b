using Sharpen.Abi;
using Sharpen.Hypervisor.Console;

namespace Sharpen.Hypervisor.Domains;

/// <summary>A vCPU: its domain and its number in it, from 0.</summary>
public readonly struct VcpuId : ILogText
{
    public readonly DomainId Domain;
    public readonly int Index;

    public VcpuId(DomainId domain, int index)
    {
        Domain = domain;
        Index = index;
    }

    /// <summary>As in <c>d3v1</c>.</summary>
    public void AppendTo(ref TextLine line)
    {
        line.Append("d");
        line.AppendDecimal(Domain.Value);
        line.Append("v");
        line.AppendSigned(Index);
    }

    public static bool operator ==(VcpuId left, VcpuId right) => left.Domain == right.Domain && left.Index == right.Index;

    public static bool operator !=(VcpuId left, VcpuId right) => !(left == right);

    public override bool Equals(object? other) => false;

    public override int GetHashCode() => (Domain.Value << 8) ^ Index;
}
