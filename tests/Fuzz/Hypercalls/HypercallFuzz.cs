using System;
using System.Globalization;
using Sharpen.Machine.Simulation;
using Xunit;
using Xunit.Abstractions;

namespace Sharpen.Fuzz.Hypercalls;

/// <summary>Every hypercall that there is, at random, from a control domain and from others.</summary>
/// <remarks>SHARPEN_FUZZ_SEED plays one seed alone; SHARPEN_FUZZ_CALLS changes how many calls a seed makes.</remarks>
public sealed class HypercallFuzz(ITestOutputHelper output)
{
    private const int CallsPerSeed = 10_000;

    [Fact]
    public void A_hundred_thousand_calls_break_nothing() => Run(100_000);

    [Fact]
    [Trait("Tier", "All")]
    public void A_million_calls_break_nothing() => Run(1_000_000);

    private void Run(int calls)
    {
        int each = Number("SHARPEN_FUZZ_CALLS", CallsPerSeed);
        int only = Number("SHARPEN_FUZZ_SEED", 0);
        int seeds = calls / CallsPerSeed;
        for (int seed = only == 0 ? 1 : only; seed <= (only == 0 ? seeds : only); seed++)
        {
            Play((ulong)seed, each);
        }
    }

    // A hardware domain that stops takes the host along: then the play is over, and rightly so.
    private void Play(ulong seed, int calls)
    {
        using FuzzWorld world = new(seed, hasHardware: seed % 4 == 0);
        try
        {
            world.Play(calls);
            output.WriteLine($"seed {seed}: {world.Built} domains, {world.Mappings} mappings seen, {world.Answers.Count} kinds of answers");
            if (Environment.GetEnvironmentVariable("SHARPEN_FUZZ_SEED") is not null)
            {
                output.WriteLine(world.Console);
            }

            foreach ((string answer, int count) in world.Answers)
            {
                output.WriteLine($"    {answer}: {count}");
            }
        }
        catch (CpuStopped) when (seed % 4 == 0)
        {
            output.WriteLine($"seed {seed}: the hardware domain ended the host: {world.Last}");
        }
        catch (Exception) when (HasPressedAnEnd(world.Console))
        {
            output.WriteLine($"seed {seed}: the control domain pressed a key that ends the host: {world.Last}");
        }
        catch (Exception caught)
        {
            Assert.Fail($"replay with SHARPEN_FUZZ_SEED={seed} SHARPEN_FUZZ_CALLS={calls}: at {world.Last}: {caught}");
        }
    }

    private static bool HasPressedAnEnd(string console) =>
        console.Contains("'C' pressed", StringComparison.Ordinal) || console.Contains("'R' pressed", StringComparison.Ordinal);

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
