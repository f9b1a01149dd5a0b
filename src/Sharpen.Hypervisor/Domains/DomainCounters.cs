namespace Sharpen.Hypervisor.Domains;

/// <summary>What a domain owns besides its memory, by kind. All zero when it is dead: a test counts, and so does the last step of teardown.</summary>
public struct DomainCounters
{
    /// <summary>Frames of ours that exist for this domain: shared info, trap tables, FPU areas.</summary>
    public ulong OverheadFrames;

    /// <summary>vCPUs that exist.</summary>
    public int Vcpus;

    /// <summary>Event-channel ports that are not closed.</summary>
    public int Ports;

    /// <summary>True when nothing is left.</summary>
    public readonly bool AreZero => OverheadFrames == 0 && Vcpus == 0 && Ports == 0;
}
