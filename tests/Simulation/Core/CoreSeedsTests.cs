using System;
using Sharpen.Simulation.Seeds;
using Xunit;
using Xunit.Abstractions;

namespace Sharpen.Simulation.Core;

/// <summary>The whole core over many seeds.</summary>
public sealed class CoreSeedsTests(ITestOutputHelper output)
{
    private const int Steps = 2_500;
    private const int Seeds = 40;

    [Fact]
    public void Well_behaved_guests_get_their_time_and_events_and_leave_nothing_behind() => SeedRunner.Run(output, Seeds, PlayBusy);

    [Fact]
    public void No_event_between_guests_is_lost() => SeedRunner.Run(output, Seeds, (seed, history) => PlayPairs(seed, history, losesKicks: false));

    [Fact]
    public void Hostile_guests_end_themselves_and_nobody_else() => SeedRunner.Run(output, Seeds, PlayHostile);

    [Fact]
    public void A_hundred_thousand_hostile_steps_throw_nothing_and_leave_nothing_behind()
    {
        using CoreWorld world = new(1, (id, inner) => new HostileGuest(id, inner), cpus: 1) { Kills = 40 };
        world.Play(100_000);
        output.WriteLine($"{world.Built} domains built, {world.GuestSteps} steps");
        Assert.True(world.GuestSteps > 10_000);
    }

    [Fact]
    public void One_seed_is_one_history()
    {
        Assert.Equal(HistoryOf(7), HistoryOf(7));
        Assert.NotEqual(HistoryOf(7), HistoryOf(8));
    }

    [Fact]
    public void A_host_that_loses_kicks_is_found_out_by_a_seed_that_finds_it_again()
    {
        SeedFailure? failure = SeedRunner.FirstFailure(20, PlayWithoutKicks);
        Assert.NotNull(failure);
        Assert.ThrowsAny<Exception>(() => PlayWithoutKicks(failure.Seed, output.WriteLine));
        output.WriteLine(failure.Message);
    }

    private static void PlayWithoutKicks(ulong seed, Action<string>? history) => PlayPairs(seed, history, losesKicks: true);

    private static void PlayPairs(ulong seed, Action<string>? history, bool losesKicks)
    {
        Channels channels = new();
        using CoreWorld world = new(seed, (id, inner) => new PairGuest(id, inner, channels), history) { LosesKicks = losesKicks, Channels = channels };
        world.Play(Steps);
    }

    private static string HistoryOf(ulong seed)
    {
        using CoreWorld world = new(seed, (id, inner) => inner % 2 == 0 ? new BusyGuest(id, inner) : new HostileGuest(id, inner));
        world.Play(Steps);
        return world.Console;
    }

    private static void PlayBusy(ulong seed, Action<string>? history)
    {
        using CoreWorld world = new(seed, (id, inner) => new BusyGuest(id, inner), history);
        world.Play(Steps);
    }

    private static void PlayHostile(ulong seed, Action<string>? history)
    {
        using CoreWorld world = new(seed, (id, inner) => inner % 3 == 0 ? new BusyGuest(id, inner) : new HostileGuest(id, inner), history) { Kills = 60 };
        world.Play(Steps);
    }
}
