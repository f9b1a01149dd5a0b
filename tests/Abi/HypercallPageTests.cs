using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Xunit;

namespace Sharpen.AbiCheck;

/// <summary>What docs/abi says is what the table of hypercalls is made from.</summary>
public class HypercallPageTests
{
    [Fact]
    public void Committed_pages_are_those_that_the_source_makes()
    {
        string folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../docs/abi"));
        Dictionary<string, string> pages = HypercallPages.All();
        if (Environment.GetEnvironmentVariable("SHARPEN_WRITE_PAGES") == "1")
        {
            Write(folder, pages);
        }

        Assert.Equal(pages.Keys.Order(), Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order());
        Assert.All(pages, page => Assert.Equal(page.Value, File.ReadAllText(Path.Combine(folder, page.Key))));
    }

    private static void Write(string folder, Dictionary<string, string> pages)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        foreach ((string name, string text) in pages)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }

    // Paths are mapped for reproducible builds, so the way to the repository is found from the test's own output folder.
    private static string Here([CallerFilePath] string mapped = "")
    {
        string relative = mapped.Replace("/sharpen/", string.Empty, StringComparison.Ordinal);
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, relative);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new FileNotFoundException(mapped);
    }
}
