using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>Sixteen bytes.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(16)]
public struct Bytes16 : IInlineArray<byte>
{
    private byte _first;
}
