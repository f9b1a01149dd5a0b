using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>512 bytes: the legacy FXSAVE image.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(512)]
public struct Bytes512 : IInlineArray<byte>
{
    private byte _first;
}
