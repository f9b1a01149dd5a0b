using System;
using System.Collections.Generic;
using System.IO;
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
        machine.Firmware.AddRange(Load(file));
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
        List<(ulong Address, byte[] Bytes)> corpus = Load(file);
        Fuzzer.Run(6_000, (random, machine) =>
        {
            Mutator mutator = new(random);
            foreach ((ulong address, byte[] bytes) in corpus)
            {
                bool isSpoilt = random.Next(4) == 0;
                byte[] placed = isSpoilt ? mutator.Spoil(bytes) : bytes;
                if (isSpoilt && random.Next(8) != 0)
                {
                    Mend(placed);
                }

                machine.Firmware.Add((address, placed));
            }

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

    /// <summary>Makes the length (mostly) and the checksum of a table or root pointer good.</summary>
    private static void Mend(byte[] bytes)
    {
        bool isRoot = bytes.AsSpan().StartsWith("RSD PTR "u8);
        int covered = isRoot ? Math.Min(20, bytes.Length) : bytes.Length;
        if (covered < 20)
        {
            return;
        }

        if (!isRoot)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(4), bytes.Length);
        }

        int at = isRoot ? 8 : 9;
        bytes[at] = 0;
        bytes[at] = unchecked((byte)-bytes[..covered].Sum(value => value));
    }

    /// <summary>A corpus file: for each block its address (64 bits), its length (32 bits), its bytes.</summary>
    private static List<(ulong Address, byte[] Bytes)> Load(string file)
    {
        using BinaryReader reader = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Corpus", file)));
        List<(ulong, byte[])> blocks = [];
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            ulong address = reader.ReadUInt64();
            blocks.Add((address, reader.ReadBytes(reader.ReadInt32())));
        }

        return blocks;
    }
}
