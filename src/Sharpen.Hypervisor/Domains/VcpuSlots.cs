using System.Runtime.CompilerServices;
using Sharpen.Abi;

namespace Sharpen.Hypervisor.Domains;

/// <summary>One slot number per vCPU of a domain.</summary>
[InlineArray(Domain.MaxVcpus)]
public struct VcpuSlots : IInlineArray<int>
{
    private int _first;
}
