using Xunit;

// One QEMU at a time: each takes every core it can get, and what waits for another is slower than what runs after it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Sharpen.SystemTests;

/// <summary>When a booted test runs: <c>[Trait(Tier.Name, Tier.Fast)]</c>. What names no tier runs in both.</summary>
public static class Tier
{
    public const string Name = "Tier";

    /// <summary>In <c>./test</c>: each path once.</summary>
    public const string Fast = "Fast";

    /// <summary>In <c>./test --all</c> only: the matrix.</summary>
    public const string All = "All";
}
