using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>Sixty-four 64-bit words: one bit per event channel of the 2-level ABI.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(64)]
public struct Words64 : IInlineArray<ulong>
{
    private ulong _first;
}
