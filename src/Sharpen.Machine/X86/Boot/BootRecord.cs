using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Boot;

/// <summary>What the boot loader handed over in registers, and where it put the image.</summary>
public static unsafe class BootRecord
{
    /// <summary>EAX: tells which protocol the loader speaks.</summary>
    public static uint Magic => *(uint*)Symbols.BootMagic;

    /// <summary>EBX: where its information begins.</summary>
    public static MachineAddress Information => new(*(uint*)Symbols.BootInfoAddress);

    /// <summary>Where the image lies in memory.</summary>
    public static MachineAddress ImageStart => new(*(ulong*)Symbols.BootPhysicalStart);

    /// <summary>Bytes of the image in memory, its zeroed part included.</summary>
    public static ulong ImageBytes => Symbols.ImageEnd - Symbols.TextStart;
}
