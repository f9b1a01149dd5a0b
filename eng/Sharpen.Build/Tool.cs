using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;

namespace Sharpen.Build;

/// <summary>Runs a program of the tool chain and hands over its output line by line.</summary>
internal static class Tool
{
    /// <summary>The lines that the program prints. Throws <see cref="BuildFailure"/> when it is missing or fails.</summary>
    public static IEnumerable<string> Lines(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            yield return line;
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new BuildFailure($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}");
        }
    }

    private static Process Start(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true };
        try
        {
            return Process.Start(start) ?? throw new BuildFailure($"{program} did not start");
        }
        catch (Win32Exception missing)
        {
            throw new BuildFailure($"{program} cannot be run ({missing.Message}); it comes with the package llvm");
        }
    }
}
