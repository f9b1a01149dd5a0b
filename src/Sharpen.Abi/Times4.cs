using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>Nanoseconds in each of the four run states.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(4)]
public struct Times4 : IInlineArray<ulong>
{
    private ulong _first;
}
