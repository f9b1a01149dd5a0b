using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>What became of a command in dom0: <c>./run --exec</c>, as a user runs it.</summary>
public sealed partial class Dom0Run
{
    private static readonly string[] s_expectedWarnings = File.ReadAllLines(Path.Combine(Repository.Root, "tests/System/dom0-warnings.txt"))
        .Where(line => line.Length > 0 && line[0] != '#').ToArray();

    private readonly string _repeat;

    private Dom0Run(int status, string output, string complaints, string log, string repeat)
    {
        Status = status;
        Output = output;
        Complaints = complaints;
        Log = log;
        _repeat = repeat;
    }

    /// <summary>The command's status; 125 when the machine ended before it.</summary>
    public int Status { get; }

    /// <summary>What the command said.</summary>
    public string Output { get; }

    /// <summary>What <c>./run</c> said of itself.</summary>
    public string Complaints { get; }

    /// <summary>What else came by the serial port: the hypervisor's lines, and the kernel's from warnings up.</summary>
    public string Log { get; }

    /// <summary>Boots dom0 with these options of <c>./run</c>, and runs a command there, by Debian's tools if none are named.</summary>
    /// <param name="options">As on the command line.</param>
    /// <param name="command">For dom0's shell.</param>
    /// <param name="seconds">After how long the machine is ended.</param>
    public static async Task<Dom0Run> ExecAsync(string options, string command, int seconds = 900)
    {
        string log = Path.GetTempFileName();
        var start = new ProcessStartInfo("timeout")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string tools = options.Contains("--tools", StringComparison.Ordinal) ? "" : " --tools debian";
        string[] words = [seconds.ToString(CultureInfo.InvariantCulture), "./run", "--no-build", "--log", log, .. (options + tools).Split(' ', StringSplitOptions.RemoveEmptyEntries), "--exec", command];
        Array.ForEach(words, start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> complaints = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var run = new Dom0Run(process.ExitCode, output, await complaints, await File.ReadAllTextAsync(log), $"./run {options} --exec '{command}'");
        File.Delete(log);
        return run;
    }

    /// <summary>The lines between <c>== name</c> and the next such heading.</summary>
    public string[] Section(string name)
    {
        string[] lines = Output.Split('\n');
        int start = Array.IndexOf(lines, "== " + name);
        Assert.True(start >= 0, $"dom0 did not come to '{name}'\n{this}");
        return [.. lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("== ", StringComparison.Ordinal)).Where(line => line.Length > 0)];
    }

    /// <summary>The command ended well, dom0 switched the machine off, and the hypervisor reported no fault.</summary>
    public void AssertWell()
    {
        Assert.True(Status == 0, $"status {Status}\n{this}");
        Assert.DoesNotContain("did not switch the machine off", Complaints);
        Assert.DoesNotMatch(HypervisorFault(), Log);
    }

    /// <summary>Lines of the kernel's log that real Xen does not also cause. The kernel's times in front are left out.</summary>
    public static string[] Unexpected(string[] warnings) =>
        [.. warnings.Select(line => KernelTime().Replace(line, "")).Where(line => !s_expectedWarnings.Any(expected => Regex.IsMatch(line, $"^{expected}$")))];

    public override string ToString() => $"repeat with: {_repeat}\n{Output}\n{Complaints}\n{Log}";

    [GeneratedRegex(@"^\[ *\d+\.\d+\] ")]
    private static partial Regex KernelTime();

    [GeneratedRegex(@"\(XEN\).*(exception|crash|Panic|Assertion)|Call Trace|BUG:|Oops")]
    private static partial Regex HypervisorFault();
}
