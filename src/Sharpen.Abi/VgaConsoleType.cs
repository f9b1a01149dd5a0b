namespace Sharpen.Abi;

/// <summary>What kind of screen the first kernel finds. Source: <c>xen.h</c>.</summary>
public enum VgaConsoleType : byte
{
    /// <summary><c>XEN_VGATYPE_TEXT_MODE_3</c></summary>
    TextMode3 = 0x03,

    /// <summary><c>XEN_VGATYPE_VESA_LFB</c></summary>
    VesaLinear = 0x23,

    /// <summary><c>XEN_VGATYPE_EFI_LFB</c></summary>
    EfiLinear = 0x70,
}
