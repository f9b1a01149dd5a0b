using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>One entry for each exception vector.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(256)]
public struct TrapInfo256 : IInlineArray<TrapInfo>
{
    private TrapInfo _first;
}
