using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>Six 64-bit words.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(6)]
public struct Words6 : IInlineArray<ulong>
{
    private ulong _first;
}
