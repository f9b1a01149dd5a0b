using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>A page of grants.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(512)]
public struct GrantEntries512 : IInlineArray<GrantEntry>
{
    private GrantEntry _first;
}
