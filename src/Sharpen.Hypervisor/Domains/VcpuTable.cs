using System.Runtime.CompilerServices;
using Sharpen.Abi;

namespace Sharpen.Hypervisor.Domains;

/// <summary>The slots for <see cref="Vcpu"/>s.</summary>
[InlineArray(32)]
internal struct VcpuTable : IInlineArray<Vcpu>
{
    private Vcpu _first;
}
