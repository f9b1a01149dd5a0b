using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Boot;

/// <summary>What the test says the boot loader handed over.</summary>
public static class BootRecord
{
    /// <summary>Tells which protocol the loader speaks.</summary>
    public static uint Magic => SimulatedMachine.Current.BootMagic;

    /// <summary>Where its information begins.</summary>
    public static MachineAddress Information => SimulatedMachine.Current.BootInformation;

    /// <summary>Where the image would lie.</summary>
    public static MachineAddress ImageStart => new(0x200000);

    /// <summary>Bytes of the image.</summary>
    public static ulong ImageBytes => 0x100000;
}
