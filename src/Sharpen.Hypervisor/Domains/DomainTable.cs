using System.Runtime.CompilerServices;
using Sharpen.Abi;

namespace Sharpen.Hypervisor.Domains;

/// <summary>The slots for <see cref="Domain"/>s.</summary>
[InlineArray(16)]
internal struct DomainTable : IInlineArray<Domain>
{
    private Domain _first;
}
