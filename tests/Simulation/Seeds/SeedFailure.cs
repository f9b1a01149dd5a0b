using System;

namespace Sharpen.Simulation.Seeds;

/// <summary>A seed whose history broke a rule.</summary>
public sealed class SeedFailure(ulong seed, string what) : Exception($"seed {seed}: {what} (replay: SHARPEN_SEED={seed} ./test)")
{
    /// <summary>What to replay.</summary>
    public ulong Seed { get; } = seed;
}
