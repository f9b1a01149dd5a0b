using Sharpen.Hypervisor.Boot.Loader;
using Sharpen.Hypervisor.Boot.Map;
using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Fuzz;

/// <summary>A boot loader's information, spoilt, and the memory map that is made of it.</summary>
public sealed class BootFuzz
{
    private const ulong AddressLimit = 1UL << 44;

    [Fact]
    public void Spoilt_multiboot_1_information_is_survived() => Fuzzer.Run(100_000, (random, machine) =>
    {
        machine.Firmware.Add((LoaderCorpus.Start, new Mutator(random).Spoil(LoaderCorpus.Information1())));
        BootLoader.Read(Multiboot1.Magic, new MachineAddress(LoaderCorpus.Start));
        Check();
    });

    [Fact]
    public void Spoilt_multiboot_2_information_is_survived() => Fuzzer.Run(100_000, (random, machine) =>
    {
        machine.Firmware.Add((LoaderCorpus.Start, new Mutator(random).Spoil(LoaderCorpus.Information2())));
        BootLoader.Read(Multiboot2.Magic, new MachineAddress(LoaderCorpus.Start));
        Check();
    });

    private static void Check()
    {
        ref BootInformation boot = ref BootLoader.Information;
        Assert.All(boot.Modules.ToArray(), module => Assert.True(module.Bytes != 0 && module.Bytes <= uint.MaxValue));
        Assert.InRange(boot.Arguments(boot.CommandLine).Length, 0, boot.Text(boot.CommandLine).Length);
        MemoryMap.Build(in boot.Memory, AddressLimit);
        foreach (BootModule module in boot.Modules)
        {
            MemoryMap.Reserve(module.Start, module.Bytes);
        }

        ulong last = 0;
        foreach (MemoryRange range in MemoryMap.Usable.Ranges)
        {
            Assert.True(range.Start >= last && range.Start < range.End && range.End <= AddressLimit && ((range.Start | range.End) & 0xfff) == 0);
            last = range.End;
        }
    }
}
