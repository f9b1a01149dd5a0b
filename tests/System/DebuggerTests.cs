using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary><c>./run --gdb</c>: the debugger stops in C#, shows its lines and steps over them.</summary>
public sealed class DebuggerTests
{
    [Fact, Trait(Tier.Name, Tier.All)]
    public async Task Gdb_stops_in_csharp_and_steps_by_line()
    {
        await using QemuMachine machine = QemuMachine.Boot("--gdb");
        await machine.Monitor("query-status"); // QEMU listens for gdb before it answers
        var start = new ProcessStartInfo("gdb")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in new[]
        {
            "-batch", "-nx", "-x", "eng/debug.gdb", "out/sharpen.elf",
            "-ex", "hbreak image_start", "-ex", "continue", "-ex", "step", "-ex", "next", "-ex", "backtrace",
        })
        {
            start.ArgumentList.Add(argument);
        }

        using var gdb = Process.Start(start)!;
        Task<string> complaints = gdb.StandardError.ReadToEndAsync();
        string said = await gdb.StandardOutput.ReadToEndAsync();
        Assert.True(said.Contains("BringUp.cs") && said.Contains("HostConsole.Initialise"), said + await complaints);
    }
}
