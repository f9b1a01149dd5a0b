using System;
using Sharpen.Simulation.Seeds;
using Xunit;
using Xunit.Abstractions;

namespace Sharpen.Simulation.Dispatch;

/// <summary>The dispatcher over many seeds.</summary>
public sealed class DispatcherSeedsTests(ITestOutputHelper output)
{
    [Fact]
    public void Thousands_of_seeds_of_the_dispatcher_keep_every_rule() => SeedRunner.Run(output, 2_500, Play);

    private static void Play(ulong seed, Action<string>? history)
    {
        using DispatcherWorld world = new(seed, history);
        world.Play(150);
    }
}
