namespace Sharpen.Hypervisor.Domains;

/// <summary>The order in which a dying domain gives back what it owns. Each stage may take several steps.</summary>
public enum TeardownStage : byte
{
    /// <summary>Every vCPU leaves its CPU.</summary>
    StopVcpus,

    /// <summary>Ports close; peers see theirs unbound.</summary>
    ClosePorts,

    /// <summary>What it mapped of others' grants is given up, then its own grant table.</summary>
    ReleaseGrants,

    /// <summary>Page tables lose their type, then all frames go back.</summary>
    FreeMemory,

    /// <summary>vCPUs and what hangs off them go back.</summary>
    FreeVcpus,

    /// <summary>The counters are zero; the slot may be reused.</summary>
    Done,
}
