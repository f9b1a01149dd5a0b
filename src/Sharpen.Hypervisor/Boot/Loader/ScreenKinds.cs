namespace Sharpen.Hypervisor.Boot.Loader;

/// <summary>Screens as both Multiboot specifications number them.</summary>
internal static class ScreenKinds
{
    /// <summary>0 is a palette, 1 direct colour, 2 text.</summary>
    internal static BootScreenKind FromMultiboot(byte type) => type switch
    {
        0 => BootScreenKind.Palette,
        1 => BootScreenKind.Pixels,
        2 => BootScreenKind.Text,
        _ => BootScreenKind.Unknown,
    };
}
