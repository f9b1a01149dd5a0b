namespace Sharpen.Machine.Memory;

/// <summary>How far up a frame lies: what some device, CPU mode or mapping can still reach. Blocks never cross a border.</summary>
internal enum MemoryZone
{
    /// <summary>Below 1 MiB: where a CPU starts. Given out on request only.</summary>
    BelowOneMebibyte,

    /// <summary>Below 4 GiB: what old devices and 32-bit mode reach, and what the boot tables map.</summary>
    BelowFourGibibytes,

    /// <summary>What the direct map reaches.</summary>
    Direct,

    /// <summary>Further up: for guests only; the hypervisor looks in through windows.</summary>
    Beyond,
}
