using System.Linq;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>A test of programs for dom0: left out, and said so, while <c>./build</c> has not made all of them.</summary>
public sealed class ToolsFactAttribute : FactAttribute
{
    public ToolsFactAttribute(params string[] tools)
    {
        string[] missing = [.. tools.Where(static tool => !DemonstrationTests.IsBuilt(tool))];
        Skip = missing.Length == 0 ? null : $"not built: {string.Join(", ", missing)}";
    }
}
