using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Sharpen.SystemTests;

/// <summary>Where the repository's own files are.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>./run</c>: the nearest one above the test assembly that has it.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Runs a command at the root to its end, and returns all that it wrote.</summary>
    public static async Task<string> RunAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> complaints = process.StandardError.ReadToEndAsync();
        return await process.StandardOutput.ReadToEndAsync() + await complaints;
    }

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
