using System;
using Sharpen.Machine.Simulation;
using Xunit;

namespace Sharpen.Fuzz;

/// <summary>Runs a parser on spoilt input for a fixed number of rounds, each made from the seed and its own number.</summary>
/// <remarks>SHARPEN_FUZZ_SEED chooses another seed, SHARPEN_FUZZ_ROUNDS multiplies the rounds, SHARPEN_FUZZ_ROUND replays a single one.</remarks>
public static class Fuzzer
{
    /// <summary>Calls the round with a generator and a machine of its own; whatever it throws is a failure that says how to replay it.</summary>
    public static void Run(int rounds, Action<Random, SimulatedMachine> round)
    {
        using SimulatedMachine machine = new();
        machine.Bind();
        int seed = Number("SHARPEN_FUZZ_SEED", 2026);
        int only = Number("SHARPEN_FUZZ_ROUND", -1);
        int count = only >= 0 ? only + 1 : rounds * Number("SHARPEN_FUZZ_ROUNDS", 1);
        for (int i = Math.Max(only, 0); i < count; i++)
        {
            machine.Firmware.Clear();
            try
            {
                round(new Random(unchecked((seed * 1_000_003) + i)), machine);
            }
            catch (Exception caught)
            {
                Assert.Fail($"replay with SHARPEN_FUZZ_SEED={seed} SHARPEN_FUZZ_ROUND={i}: {caught}");
            }
        }
    }

    private static int Number(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int value) ? value : otherwise;
}
