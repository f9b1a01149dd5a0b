using System;
using System.IO;
using System.Text;
using Sharpen.Hypervisor.Boot.Options;
using Xunit;

namespace Sharpen.Unit.Boot.Options;

/// <summary>docs/command-line.md is written from the table of options: with SHARPEN_WRITE_DOCS=1 this test writes it, otherwise it compares.</summary>
public sealed class CommandLinePageTests
{
    [Fact]
    public void The_page_about_the_command_line_is_current()
    {
        string path = Path.Combine(Root(), "docs", "command-line.md");
        if (Environment.GetEnvironmentVariable("SHARPEN_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, Page());
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == Page(), "stale: run SHARPEN_WRITE_DOCS=1 dotnet test tests/Unit --filter CommandLinePage");
    }

    [Fact]
    public void The_options_are_in_the_order_of_their_names()
    {
        for (OptionId id = OptionId.Acpi + 1; id < OptionId.Count; id++)
        {
            Assert.True(string.CompareOrdinal(Text(OptionTable.Row(id - 1).Name), Text(OptionTable.Row(id).Name)) < 0);
            Assert.Equal(id, OptionTable.Find(OptionTable.Row(id).Name));
        }
    }

    private static string Page()
    {
        StringBuilder page = new();
        page.Append("# The command line\n\n");
        page.Append("<!-- Written from src/Sharpen.Hypervisor/Boot/Options/OptionTable.cs: SHARPEN_WRITE_DOCS=1 dotnet test tests/Unit --filter CommandLinePage -->\n\n");
        page.Append("Words apart by blanks, named as Xen names them. A word that is unknown or malformed is reported with its column and ignored; of a word\n");
        page.Append("that is repeated the last counts; `--` ends the line.\n\n");
        page.Append("- `<boolean>`: `yes`, `on`, `true`, `enable`, `1` or nothing; `no`, `off`, `false`, `disable`, `0`, or `no-` before the name.\n");
        page.Append("- `<number>`: decimal, or hexadecimal after `0x`.\n");
        page.Append("- `<size>`: a number with the suffix `B`, `K`, `M`, `G` or `T`; without one it counts KiB.\n");
        for (OptionId id = 0; id < OptionId.Count; id++)
        {
            OptionRow row = OptionTable.Row(id);
            page.Append($"\n## {Text(row.Name)}\n\n`{Text(row.Name)}={Text(row.Form)}`, default: {Text(row.Initial)}\n\n{Text(row.Help)}\n");
        }

        return page.ToString();
    }

    private static string Text(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Sharpen.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("not inside the repository");
    }
}
