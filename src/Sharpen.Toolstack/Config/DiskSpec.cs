namespace Sharpen.Toolstack.Config;

/// <summary>A disk of a guest, as its configuration says it. Source: xl-disk-configuration(5).</summary>
public sealed record DiskSpec
{
    /// <summary>The device or file; for a script, what the script makes of it. Empty for a drive without a disk.</summary>
    public string Target { get; init; } = "";

    /// <summary>What is in <see cref="Target"/>.</summary>
    public DiskFormat Format { get; init; }

    /// <summary>How the guest calls it.</summary>
    public required string Name { get; init; }

    /// <summary>How the interface calls it.</summary>
    public required VirtualDisk Device { get; init; }

    /// <summary>The guest cannot write.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>A drive whose medium can be changed.</summary>
    public bool IsCdrom { get; init; }

    /// <summary>The domain that serves it: a name or number, or empty for this one.</summary>
    public string BackendDomain { get; init; } = "";

    /// <summary>What serves it.</summary>
    public DiskBackend Backend { get; init; }

    /// <summary>The program that prepares it; empty for the common one.</summary>
    public string Script { get; init; } = "";

    /// <summary>QEMU may pass by the page cache.</summary>
    public bool IsDirectSafe { get; init; }

    /// <summary>Freed blocks are given back.</summary>
    public bool CanDiscard { get; init; } = true;

    /// <summary>The guest may trust the backend.</summary>
    public bool IsTrusted { get; init; } = true;
}
