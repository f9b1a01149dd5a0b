using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>Our store and Debian's, in one boot: the same requests get the same answers and events. What is asked: <c>Store/requests.txt</c>.</summary>
public sealed class StoreConformanceTests
{
    private const int LeastAnswers = 100;

    [ToolsFact("xenstored")]
    [Trait(Tier.Name, Tier.All)]
    public async Task It_answers_as_Debians()
    {
        string folder = Path.Combine(Repository.Root, "tests/System/Store");
        string program = Path.Combine(Directory.CreateTempSubdirectory("ask").FullName, "ask");
        using (Process compiler = Process.Start("gcc", ["-std=c11", "-O1", "-D_GNU_SOURCE", "-o", program, Path.Combine(folder, "ask.c")]))
        {
            await compiler.WaitForExitAsync();
            Assert.Equal(0, compiler.ExitCode);
        }

        Dom0Run run = await Dom0Run.ExecAsync(
            $"--tools debian --kernel unpacked --add out/tools/xenstored:/bench/xenstored --add {program}:/bench/ask --add {folder}/requests.txt:/bench/requests.txt",
            await File.ReadAllTextAsync(Path.Combine(folder, "compare.sh")));
        Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        run.AssertWell();
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(int.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture) >= LeastAnswers, run.ToString());
        Assert.True(lines[^1].Trim() == "compared 0", run.ToString());
    }
}
