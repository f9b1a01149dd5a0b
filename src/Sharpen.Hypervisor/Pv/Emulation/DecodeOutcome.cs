namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>How decoding ended.</summary>
internal enum DecodeOutcome
{
    /// <summary>With an instruction.</summary>
    Decoded,

    /// <summary>It is too long, or nothing that is emulated.</summary>
    Unknown,

    /// <summary>Some of it cannot be read.</summary>
    Unreadable,
}
