using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>Twelve bytes.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(12)]
public struct Bytes12 : IInlineArray<byte>
{
    private byte _first;
}
