namespace Sharpen.Machine.Boot;

/// <summary>How the image was started.</summary>
public enum BootProtocol
{
    /// <summary>Nothing that we know.</summary>
    Unknown,

    /// <summary>Multiboot 1: QEMU's <c>-kernel</c>, GRUB's <c>multiboot</c>.</summary>
    Multiboot1,

    /// <summary>Multiboot 2: GRUB's <c>multiboot2</c>.</summary>
    Multiboot2,
}
