using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>The vCPUs that live in the shared-info page (<c>XEN_LEGACY_MAX_VCPUS</c>).</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(32)]
public struct VcpuInfo32 : IInlineArray<VcpuInfo>
{
    private VcpuInfo _first;
}
