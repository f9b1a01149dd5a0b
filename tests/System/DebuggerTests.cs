using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary><c>./run --gdb</c>: the debugger stops in C#, shows its lines and steps over them.</summary>
public sealed partial class DebuggerTests
{
    [Fact, Trait(Tier.Name, Tier.All)]
    public async Task Gdb_stops_in_csharp_and_steps_by_line()
    {
        await using QemuMachine machine = QemuMachine.Boot("--gdb", "--guest", "none");
        await machine.Monitor("query-status"); // QEMU listens for gdb before it answers
        string said = await Repository.RunAsync(
            "timeout", "60", "gdb", "-batch", "-nx", "-x", "eng/debug.gdb", "out/sharpen.elf",
            "-ex", "hbreak Sharpen_Hypervisor_Sharpen_Hypervisor_Boot_BringUp__Main", "-ex", "continue", "-ex", "next", "-ex", "next");
        Assert.Contains("BringUp.cs:", said);
        Assert.True(SourceLine().Count(said) >= 3, said);
    }

    /// <summary>A line as gdb shows it where it stops: its number, then what the source says.</summary>
    [GeneratedRegex(@"^\d+\t +\S", RegexOptions.Multiline)]
    private static partial Regex SourceLine();
}
