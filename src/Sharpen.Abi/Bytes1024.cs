using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>A kibibyte.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(1024)]
public struct Bytes1024 : IInlineArray<byte>
{
    private byte _first;
}
