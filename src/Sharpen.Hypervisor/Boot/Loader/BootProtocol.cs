namespace Sharpen.Hypervisor.Boot.Loader;

/// <summary>How the image was started.</summary>
public enum BootProtocol : byte
{
    /// <summary>In no way that we know.</summary>
    None,

    /// <summary>Multiboot 1: GRUB's <c>multiboot</c>, QEMU's <c>-kernel</c>.</summary>
    Multiboot1,

    /// <summary>Multiboot 2: GRUB's <c>multiboot2</c>.</summary>
    Multiboot2,
}
