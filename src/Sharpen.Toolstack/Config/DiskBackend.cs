namespace Sharpen.Toolstack.Config;

/// <summary>Who serves a disk. Source: xl-disk-configuration(5).</summary>
public enum DiskBackend
{
    /// <summary>Not said: what suits the disk.</summary>
    Unknown,

    /// <summary><c>phy</c>: the kernel's block backend.</summary>
    Phy,

    /// <summary><c>qdisk</c>: QEMU.</summary>
    Qdisk,

    /// <summary><c>standalone</c>: a program of its own.</summary>
    Standalone,
}
