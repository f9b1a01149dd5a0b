using System;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Simulation.Seeds;
using Xunit;
using Xunit.Abstractions;

namespace Sharpen.Simulation.Scheduling;

/// <summary>The scheduling core over many seeds.</summary>
public sealed class SchedulerSeedsTests(ITestOutputHelper output)
{
    private const int Steps = 300;

    [Fact]
    public void Ten_thousand_seeds_of_credit2_keep_every_rule() => SeedRunner.Run(output, 10_000, Play<Credit2<UnitArray>>);

    [Fact]
    public void Ten_thousand_seeds_of_null_keep_every_rule() => SeedRunner.Run(output, 10_000, Play<OneToOne<UnitArray>>);

    /// <summary>19895: the CPU that was kicked to take a unit from another queue went offline before it came.</summary>
    [Theory]
    [InlineData(19_895UL)]
    public void Seeds_that_once_failed_keep_every_rule(ulong seed) => Play<Credit2<UnitArray>>(seed, null);

    [Fact]
    public void The_largest_host_with_two_units_for_each_CPU_keeps_every_rule() =>
        new SchedulerWorld<Credit2<UnitArray>>(seed: 1, cpus: 4095, units: 8190, history: null).PlayWide(decisions: 20_000);

    internal static void Play<TPolicy>(ulong seed, Action<string>? history)
        where TPolicy : struct, ISchedulerPolicy<UnitArray> =>
        new SchedulerWorld<TPolicy>(seed, history).Play(Steps);
}
