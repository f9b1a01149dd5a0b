using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>Sixty-four bytes.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(64)]
public struct Bytes64 : IInlineArray<byte>
{
    private byte _first;
}
