using System;
using System.IO;

namespace Sharpen.SystemTests;

/// <summary>Where the repository's own files are.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>./run</c>: the nearest one above the test assembly that has it.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sharpen.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no Sharpen.slnx above {AppContext.BaseDirectory}");
    }
}
