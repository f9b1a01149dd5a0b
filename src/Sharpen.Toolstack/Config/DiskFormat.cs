namespace Sharpen.Toolstack.Config;

/// <summary>What is in a disk's file. Source: xl-disk-configuration(5).</summary>
public enum DiskFormat
{
    /// <summary><c>raw</c>: sector by sector.</summary>
    Raw,

    /// <summary><c>qcow</c></summary>
    Qcow,

    /// <summary><c>qcow2</c></summary>
    Qcow2,

    /// <summary><c>vhd</c></summary>
    Vhd,

    /// <summary><c>qed</c></summary>
    Qed,

    /// <summary>Nothing: a drive without a disk.</summary>
    Empty,
}
