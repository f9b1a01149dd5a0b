using System;
using System.Threading;
using Sharpen.Machine.Simulation;
using Xunit;

namespace Sharpen.Fuzz;

/// <summary>Runs a parser on spoilt input for a fixed number of rounds, each made from the seed and its own number.</summary>
/// <remarks>SHARPEN_FUZZ_SEED chooses another seed, SHARPEN_FUZZ_ROUNDS multiplies the rounds, SHARPEN_FUZZ_ROUND replays a single one.</remarks>
public static class Fuzzer
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Calls the round with a generator and a machine of its own; whatever it throws is a failure that says how to replay it.</summary>
    public static void Run(int rounds, Action<Random, SimulatedMachine> round)
    {
        using SimulatedMachine machine = new();
        machine.Bind();
        Run(rounds, random =>
        {
            machine.Firmware.Clear();
            round(random, machine);
        });
    }

    /// <summary>Calls the round with a generator; whatever it throws is a failure that says how to replay it.</summary>
    public static void Run(int rounds, Action<Random> round)
    {
        int seed = Number("SHARPEN_FUZZ_SEED", 2026);
        int only = Number("SHARPEN_FUZZ_ROUND", -1);
        int count = only >= 0 ? only + 1 : rounds * Number("SHARPEN_FUZZ_ROUNDS", 1);
        int current = -1;
        using Timer watch = new(_ => Watch(seed, ref current), null, s_patience, s_patience);
        for (int i = Math.Max(only, 0); i < count; i++)
        {
            Volatile.Write(ref current, i);
            try
            {
                round(new Random(unchecked((seed * 1_000_003) + i)));
            }
            catch (Exception caught)
            {
                Assert.Fail($"replay with SHARPEN_FUZZ_SEED={seed} SHARPEN_FUZZ_ROUND={i}: {caught}");
            }
        }
    }

    /// <summary>A round that is still the same after the whole patience hangs; only ending the process tells which.</summary>
    private static void Watch(int seed, ref int current)
    {
        int round = Volatile.Read(ref current);
        Thread.Sleep(s_patience / 2);
        if (round >= 0 && Volatile.Read(ref current) == round)
        {
            Environment.FailFast($"a round hangs: replay with SHARPEN_FUZZ_SEED={seed} SHARPEN_FUZZ_ROUND={round}");
        }
    }

    private static int Number(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int value) ? value : otherwise;
}
