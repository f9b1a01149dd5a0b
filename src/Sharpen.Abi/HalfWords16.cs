using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>Sixteen 32-bit words.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(16)]
public struct HalfWords16 : IInlineArray<uint>
{
    private uint _first;
}
