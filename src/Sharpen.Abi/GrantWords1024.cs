using System.Runtime.CompilerServices;

namespace Sharpen.Abi;

/// <summary>A page of 512 grants as words: the first of an entry is its flags and domain, which change together, the second its frame.</summary>
/// <remarks>Indexed through Machine only: the compiler asks for unsafe helpers to index an inline array.</remarks>
[InlineArray(1024)]
public struct GrantWords1024 : IInlineArray<uint>
{
    private uint _first;
}
