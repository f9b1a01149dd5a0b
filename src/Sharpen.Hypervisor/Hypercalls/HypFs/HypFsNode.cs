namespace Sharpen.Hypervisor.Hypercalls.HypFs;

/// <summary>Entries of the hypervisor's file system; a directory lists its own in this order. What each is, is in <see cref="HypFsTree"/>.</summary>
internal enum HypFsNode
{
    Root,
    BuildInfo,
    CpuPools,
    Params,
    ChangeSet,
    CompileInfo,
    Version,
    CompileBy,
    CompileDate,
    CompileDomain,
    Compiler,
    Extra,
    Major,
    Minor,
    CpuPool,
    Granularity,
    GrantFrames,
    GrantMapFrames,
    GuestLevel,
    Level,

    /// <summary>How many there are; no entry.</summary>
    Count,
}
