using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>Eight 64-bit words.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(8)]
public struct Words8 : IInlineArray<ulong>
{
    private ulong _first;
}
