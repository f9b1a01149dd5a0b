using System;
using System.IO;
using Xunit;

namespace Sharpen.ToolsTests.Xl;

public sealed class ManPageTests
{
    [Fact]
    public void The_manual_says_what_the_commands_say()
    {
        string path = Path.Combine(Repository(), "docs", "man", "xl.1");
        if (Environment.GetEnvironmentVariable("SHARPEN_WRITE_PAGES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, ManPage.Write());
        }

        Assert.Equal(File.ReadAllText(path), ManPage.Write());
    }

    internal static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Sharpen.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("the repository");
    }
}
