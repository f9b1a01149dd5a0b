using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Xunit.Abstractions;

namespace Sharpen.Simulation.Seeds;

/// <summary>Plays many seeds on all host CPUs; the first that fails is named and replayed.</summary>
/// <remarks><c>SHARPEN_SEED=n</c> plays seed n alone and prints its history; <c>SHARPEN_SEEDS=n</c> changes how many are played.</remarks>
public static class SeedRunner
{
    /// <summary>Plays seeds 1 to <paramref name="count"/>.</summary>
    /// <param name="play">Plays one seed; throws <see cref="SeedFailure"/>. The second argument takes the history, or is null.</param>
    public static void Run(ITestOutputHelper output, int count, Action<ulong, Action<string>?> play)
    {
        if (ulong.TryParse(Environment.GetEnvironmentVariable("SHARPEN_SEED"), CultureInfo.InvariantCulture, out ulong only))
        {
            play(only, output.WriteLine);
            return;
        }

        if (int.TryParse(Environment.GetEnvironmentVariable("SHARPEN_SEEDS"), CultureInfo.InvariantCulture, out int asked))
        {
            count = asked;
        }

        Stopwatch watch = Stopwatch.StartNew();
        SeedFailure? failure = FirstFailure(count, play);
        if (failure is not null)
        {
            output.WriteLine($"replay with SHARPEN_SEED={failure.Seed}");
            throw failure;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} seeds in {watch.Elapsed.TotalSeconds:0.0} s, {count / watch.Elapsed.TotalSeconds:0} a second"));
    }

    /// <summary>The failure with the lowest seed, or null when all pass.</summary>
    public static SeedFailure? FirstFailure(int count, Action<ulong, Action<string>?> play)
    {
        SeedFailure? first = null;
        Lock guard = new();
        Parallel.For(1, count + 1, (index, loop) =>
        {
            try
            {
                play((ulong)index, null);
            }
            catch (Exception error)
            {
                SeedFailure failure = error as SeedFailure ?? new SeedFailure((ulong)index, error.ToString());
                lock (guard)
                {
                    first = first is null || failure.Seed < first.Seed ? failure : first;
                }

                loop.Break();
            }
        });
        return first;
    }
}
