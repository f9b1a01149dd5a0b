using System;
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
        using ClientProgram program = await ClientProgram.CompileAsync("tests/System/Store/ask.c");
        Dom0Run run = await Dom0Run.ExecAsync(
            $"--tools debian --kernel unpacked --add out/tools/xenstored:/bench/xenstored --add {program.File}:/bench/ask --add {folder}/requests.txt:/bench/requests.txt",
            await File.ReadAllTextAsync(Path.Combine(folder, "compare.sh")));
        run.AssertWell();
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(int.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture) >= LeastAnswers, run.ToString());
        Assert.True(lines[^1].Trim() == "compared 0", run.ToString());
    }
}
