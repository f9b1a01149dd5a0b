using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>Eight 32-bit words.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(8)]
public struct HalfWords8 : IInlineArray<uint>
{
    private uint _first;
}
