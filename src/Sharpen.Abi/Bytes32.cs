using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>Thirty-two bytes.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(32)]
public struct Bytes32 : IInlineArray<byte>
{
    private byte _first;
}
