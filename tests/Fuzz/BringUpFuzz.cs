using System;
using System.Collections.Generic;
using Sharpen.Hypervisor.Boot.Loader;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;
using Sharpen.Unit.Boot;
using Xunit;

namespace Sharpen.Fuzz;

/// <summary>The whole bring-up over spoilt tables, spoilt loader information and broken hardware: it comes up, or it says why it stops.</summary>
public sealed class BringUpFuzz
{
    private const int Rounds = 800;

    [Theory]
    [InlineData("pc.acpi", false)]
    [InlineData("pc.acpi", true)]
    [InlineData("q35-numa.acpi", false)]
    [InlineData("q35-numa.acpi", true)]
    public void A_host_comes_up_or_says_why_not(string file, bool isSecond)
    {
        List<(ulong Address, byte[] Bytes)> tables = AcpiCorpus.Load(file);
        byte[] information = isSecond ? LoaderCorpus.Information2() : LoaderCorpus.Information1();
        int up = 0;
        Fuzzer.Run(Rounds, (random, _) =>
        {
            using SimulatedMachine machine = new();
            machine.BootMagic = isSecond ? Multiboot2.Magic : Multiboot1.Magic;
            machine.BootInformation = new MachineAddress(LoaderCorpus.Start);
            machine.Firmware.Add((LoaderCorpus.Start, random.Next(4) == 0 ? information : new Mutator(random).Spoil(information)));
            machine.Firmware.AddRange(AcpiCorpus.Spoil(tables, random));
            Break(machine, random);
            if (BringUpRun.Start(machine))
            {
                up++;
            }
            else if (!machine.SerialIsAbsent && !machine.SerialIsStuck)
            {
                Assert.EndsWith(". Halted.\r\n", machine.SerialText, StringComparison.Ordinal);
            }
        });
        Assert.NotEqual(0, up);
    }

    private static void Break(SimulatedMachine machine, Random random)
    {
        machine.SerialIsAbsent = random.Next(8) == 0;
        machine.SerialIsStuck = random.Next(8) == 0;
        machine.LacksX2Apic = random.Next(2) == 0;
        foreach (PlatformTimer timer in Enum.GetValues<PlatformTimer>())
        {
            _ = random.Next(4) == 0 && machine.StillTimers.Add(timer);
        }

        for (uint apicId = 0; apicId < 4; apicId++)
        {
            _ = random.Next(4) == 0 && machine.DeadCpus.Add(apicId);
        }
    }
}
