using System.Diagnostics;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>Whatever goes wrong at whatever step of <c>xl create</c>, nothing of the domain stays: a tracer has one call into the kernel after
/// another fail, or the process interrupted or killed there, or the domain destroyed.</summary>
public sealed class CreateFaultTests
{
    private const string Options = "--kernel unpacked --lab --tools xl --mem 2G --add out/guests/endlessloop.elf:/root/guest.elf";

    /// <summary>A step here and there.</summary>
    [ToolsFact("xl")]
    public async Task Nothing_stays_when_a_call_fails() => await Break("error", first: 40, stride: 37);

    /// <summary>Each step.</summary>
    [Theory]
    [Trait(Tier.Name, Tier.All)]
    [InlineData("error")]
    [InlineData("interrupt")]
    [InlineData("kill")]
    [InlineData("destroy")]
    public async Task Nothing_stays_at_any_step(string kind) => await Break(kind, first: 1, stride: 1);

    private static async Task Break(string kind, int first, int stride)
    {
        string script = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests/System/Faults/create.sh"));
        Dom0Run run = await Dom0Run.ExecAsync($"{Options} --add {Tracer()}:/root/faults", $"KIND={kind} FIRST={first} STRIDE={stride}\n{script}", seconds: 1800);
        run.AssertWell();
        Assert.True(int.Parse(Regex.Match(run.Output, @"(\d+) steps of").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) > 100, run.ToString());
    }

    private static string Tracer()
    {
        string tracer = Path.Combine(Repository.Root, "out/exec/faults");
        Directory.CreateDirectory(Path.GetDirectoryName(tracer)!);
        using Process compiler = Process.Start("gcc", ["-static", "-O2", "-D_GNU_SOURCE", "-o", tracer, Path.Combine(Repository.Root, "tests/System/Faults/faults.c")]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        return tracer;
    }
}
