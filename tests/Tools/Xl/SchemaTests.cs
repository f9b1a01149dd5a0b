using System.IO;
using System.Linq;
using Sharpen.Xl.Commands;
using Xunit;

namespace Sharpen.ToolsTests.Xl;

/// <summary>What <c>--json</c> prints is written down, for each command that has it; tests/System holds what they print against it.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void Each_command_with_json_has_a_schema_and_no_other()
    {
        var written = Directory.GetFiles(Path.Combine(ManPageTests.Repository(), "docs", "schemas", "xl"), "*.json").Select(Path.GetFileNameWithoutExtension);
        var wanted = CommandTable.Names.Where(static name => CommandTable.Find(name)!.Options.Any(static option => option.Long == "json"));
        Assert.Equal(wanted.Order(), written.Order());
    }
}
