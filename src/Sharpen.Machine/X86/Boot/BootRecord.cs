using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Boot;

/// <summary>What the boot loader handed over in registers.</summary>
public static unsafe class BootRecord
{
    private const ulong Multiboot1Magic = 0x2badb002;
    private const ulong Multiboot2Magic = 0x36d76289;

    /// <summary>Which protocol the loader spoke.</summary>
    public static BootProtocol Protocol => *(ulong*)Symbols.BootMagic switch
    {
        Multiboot1Magic => BootProtocol.Multiboot1,
        Multiboot2Magic => BootProtocol.Multiboot2,
        _ => BootProtocol.Unknown,
    };

    /// <summary>Where its information begins.</summary>
    public static MachineAddress Information => new(*(ulong*)Symbols.BootInfoAddress);
}
