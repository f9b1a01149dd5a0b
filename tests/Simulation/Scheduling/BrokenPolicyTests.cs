using System;
using Sharpen.Simulation.Seeds;
using Xunit;
using Xunit.Abstractions;

namespace Sharpen.Simulation.Scheduling;

/// <summary>A policy broken on purpose is caught, and the seed that is printed breaks it again in the same way.</summary>
public sealed class BrokenPolicyTests(ITestOutputHelper output)
{
    private const int Seeds = 200;

    [Fact]
    public void A_lost_wake_is_caught_and_replays() => Catch(SchedulerSeedsTests.Play<Mutant<LosesAWake>>, "lost");

    [Fact]
    public void A_forgotten_kick_is_caught_and_replays() => Catch(SchedulerSeedsTests.Play<Mutant<ForgetsKicks>>, "idles while");

    [Fact]
    public void Ignored_weights_are_caught_and_replay() => Catch(SchedulerSeedsTests.Play<Mutant<IgnoresWeights>>, "credits");

    [Fact]
    public void A_wrong_unit_is_caught_and_replays() => Catch(SchedulerSeedsTests.Play<Mutant<RunsTheWrongUnit>>, "unit");

    private void Catch(Action<ulong, Action<string>?> play, string expected)
    {
        SeedFailure? found = SeedRunner.FirstFailure(Seeds, play);
        Assert.NotNull(found);
        output.WriteLine(found.Message);
        Assert.Contains(expected, found.Message, StringComparison.Ordinal);
        SeedFailure again = Assert.Throws<SeedFailure>(() => play(found.Seed, null));
        Assert.Equal(found.Message, again.Message);
    }
}
