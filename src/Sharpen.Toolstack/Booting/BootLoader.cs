using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Sharpen.Toolstack.Building;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Processes;
using Sharpen.Xen.Native;

namespace Sharpen.Toolstack.Booting;

/// <summary>Runs the program that finds a kernel on a guest's disk, as Xen's tools do: <c>pygrub</c>, or another with the same arguments. It has
/// a terminal of its own, of which a log is kept; when this process ends, it ends.</summary>
public static class BootLoader
{
    private const string RunFolder = "/run/xen";
    private const string LogFolder = "/var/log/xen";
    private const int MostOutput = 64 * 1024;
    private const int PollMilliseconds = 20;
    private static readonly string[] s_folders = ["/usr/lib/xen-default/bin", "/usr/lib/xen-4.17/bin", "/usr/libexec/xen/bin", "/usr/lib/xen/bin"];

    /// <summary>Has a configuration's boot loader find what to boot.</summary>
    /// <param name="uuid">The domain that is to be made; what is found lies in a folder of its own until <see cref="Clean"/>.</param>
    /// <returns>The configuration with kernel, ramdisk and command line.</returns>
    /// <exception cref="ImageException">It cannot be run, or finds nothing.</exception>
    public static DomainConfig Choose(DomainConfig config, Guid uuid, CancellationToken cancel)
    {
        var disk = config.Disks.FirstOrDefault(static disk => !disk.IsCdrom) ??
            throw new ImageException($"{config.Bootloader} has nothing to look at: the domain has no disk");
        if (disk.Format != DiskFormat.Raw)
        {
            throw new ImageException($"{config.Bootloader} reads raw disks only, and '{disk.Name}' is {disk.Format.ToString().ToLowerInvariant()}");
        }

        string folder = FolderOf(uuid);
        Directory.CreateDirectory(folder);
        string output = $"{folder}/output";
        File.WriteAllBytes(output, []);
        string log = $"{LogFolder}/bootloader.{config.Name}.log";
        Directory.CreateDirectory(LogFolder);
        int status = Run(Find(config.Bootloader), Arguments(config, output, folder, disk.Target), log, cancel);
        if (status != 0)
        {
            throw new ImageException($"{config.Bootloader} failed ({status}){LastWords(log)}; {log} has all that it said");
        }

        var choice = new FileInfo(output).Length <= MostOutput ? BootChoice.Parse(File.ReadAllBytes(output)) : null;
        return choice is null ? throw new ImageException($"{config.Bootloader} names no kernel{LastWords(log)}; {log} has all that it said")
            : config with { Kernel = choice.Kernel, Ramdisk = choice.Ramdisk, CommandLine = choice.CommandLine ?? config.CommandLine };
    }

    /// <summary>Removes what a boot loader left for a domain.</summary>
    public static void Clean(Guid uuid)
    {
        if (Directory.Exists(FolderOf(uuid)))
        {
            Directory.Delete(FolderOf(uuid), recursive: true);
        }
    }

    /// <summary>What stands behind a boot loader's name.</summary>
    public static IReadOnlyList<string> Arguments(DomainConfig config, string output, string folder, string disk)
    {
        var arguments = new List<string>();
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("kernel", config.Kernel), ("ramdisk", config.Ramdisk), ("args", config.CommandLine)])
        {
            if (value.Length > 0)
            {
                arguments.Add($"--{name}={value}");
            }
        }

        return [.. arguments, $"--output={output}", "--output-format=simple0", $"--output-directory={folder}", .. config.BootloaderArguments, disk];
    }

    private static string FolderOf(Guid uuid) => $"{RunFolder}/bootloader.{uuid}.d";

    private static string Find(string program)
    {
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> places = program.Contains('/') ? [program] : s_folders.Concat(path).Select(folder => Path.Combine(folder, program));
        return places.FirstOrDefault(File.Exists) ?? throw new ImageException($"the boot loader {program} is not there: correct bootloader=, or install it");
    }

    private static int Run(string program, IReadOnlyList<string> arguments, string log, CancellationToken cancel)
    {
        using var terminal = PseudoTerminal.Create();
        var process = ChildProcess.Start(program, arguments, terminal.Path, terminal.Path) ?? throw new ImageException($"cannot start {program}");
        using var file = new FileStream(log, FileMode.Create, FileAccess.Write);
        byte[] bytes = new byte[4096];
        try
        {
            while (true)
            {
                bool isOver = process.HasEnded(out int status);
                for (int count = terminal.Stream.Read(bytes); count > 0; count = terminal.Stream.Read(bytes))
                {
                    file.Write(bytes, 0, count);
                }

                if (isOver)
                {
                    return status;
                }

                cancel.ThrowIfCancellationRequested();
                Thread.Sleep(PollMilliseconds);
            }
        }
        finally
        {
            process.End();
        }
    }

    private static string LastWords(string log)
    {
        string? last = File.ReadLines(log).LastOrDefault(static line => line.Trim().Length > 0);
        return last is null ? "" : $": {last.Trim()}";
    }
}
