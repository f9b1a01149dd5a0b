namespace Sharpen.Hypervisor.Boot.Loader;

/// <summary>Kinds of screens, of which Multiboot can tell.</summary>
public enum BootScreenKind : byte
{
    /// <summary>The loader did not say: VGA text, most likely.</summary>
    Unknown,

    /// <summary>Direct colour pixels.</summary>
    Pixels,

    /// <summary>VGA text.</summary>
    Text,

    /// <summary>Pixels through a palette.</summary>
    Palette,
}
