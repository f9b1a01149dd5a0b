using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>Sixteen 64-bit words.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(16)]
public struct Words16 : IInlineArray<ulong>
{
    private ulong _first;
}
