using System.Collections.Generic;
using System.Linq;
using Sharpen.Hypervisor.Acpi;
using Xunit;

namespace Sharpen.Fuzz;

/// <summary>The tables of real machines (QEMU's pc and q35; small is pc with nothing but \_S5 in its byte code), spoilt one or several at a time, mostly with checksums made good again.</summary>
public sealed class AcpiFuzz
{
    [Theory]
    [InlineData("pc.acpi", 2, 0)]
    [InlineData("small.acpi", 2, 0)]
    [InlineData("q35-numa.acpi", 4, 2)]
    public void The_corpus_is_understood_when_it_is_whole(string file, int cpus, int nodes) => Fuzzer.Run(1, (_, machine) =>
    {
        machine.Firmware.AddRange(AcpiCorpus.Load(file));
        Assert.True(Firmware.Read(default));
        ref AcpiFacts facts = ref Firmware.Facts;
        Assert.Equal((cpus, nodes), (facts.Cpus.Length, facts.Numa.DistanceCount));
        Assert.Equal((1, 0xfed00000UL, 0x608UL, true), (facts.IoApics.Length, facts.Hpet.Value, facts.Fixed.PmTimer.Address, facts.Fixed.CanSwitchOff));
        Assert.Equal(0u, facts.Lost);
    });

    [Theory]
    [InlineData("pc.acpi")]
    [InlineData("small.acpi")]
    [InlineData("q35-numa.acpi")]
    public void Spoilt_tables_are_survived(string file)
    {
        List<(ulong Address, byte[] Bytes)> corpus = AcpiCorpus.Load(file);
        Fuzzer.Run(6_000, (random, machine) =>
        {
            machine.Firmware.AddRange(AcpiCorpus.Spoil(corpus, random));
            Firmware.Read(default);
            Check();
        });
    }

    /// <summary>What every later user of the facts relies on.</summary>
    private static void Check()
    {
        ref AcpiFacts facts = ref Firmware.Facts;
        Assert.InRange(facts.Cpus.Length, 0, 4095);
        uint[] ids = [.. facts.Cpus.ToArray().Select(cpu => cpu.ApicId)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.DoesNotContain(uint.MaxValue, ids);
        Assert.All(facts.PciSegments.ToArray(), segment => Assert.True(segment.FirstBus <= segment.LastBus));
        Assert.All(facts.Numa.Ranges.ToArray(), range => Assert.True(range.Bytes != 0 && range.Start.Value <= ulong.MaxValue - range.Bytes));
        Assert.InRange(facts.Fixed.SwitchOffTypeA, 0, 7);
        Assert.True(!facts.Fixed.PmTimer.IsPort || facts.Fixed.PmTimer.Address is > 0 and <= 0xffff);
    }
}
