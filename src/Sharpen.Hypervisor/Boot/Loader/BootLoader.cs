using Sharpen.Machine.Memory;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Boot.Loader;

/// <summary>What the boot loader told about this start.</summary>
public static class BootLoader
{
    /// <summary>Filled by <see cref="Read"/>.</summary>
    public static ref BootInformation Information => ref Root.Of<BootInformation>();

    /// <summary>Copies the loader's information out of its memory, which may be overwritten after.</summary>
    /// <param name="magic">What the loader left in EAX.</param>
    /// <param name="address">What it left in EBX.</param>
    /// <returns>False when there is nothing to go by: no protocol that we know, or no information.</returns>
    public static bool Read(uint magic, MachineAddress address)
    {
        ref BootInformation boot = ref Information;
        boot.Clear();
        return magic switch
        {
            Multiboot1.Magic => Multiboot1.Read(address, ref boot),
            Multiboot2.Magic => Multiboot2.Read(address, ref boot),
            _ => false,
        };
    }
}
