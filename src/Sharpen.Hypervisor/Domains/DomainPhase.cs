namespace Sharpen.Hypervisor.Domains;

/// <summary>The life of a domain; it only ever moves downwards in this list, but for a stopped one that is told to go on.</summary>
public enum DomainPhase : byte
{
    /// <summary>No domain: a free slot.</summary>
    None,

    /// <summary>Being built; its vCPUs have never run.</summary>
    Building,

    /// <summary>Its vCPUs run unless they are paused or blocked.</summary>
    Alive,

    /// <summary>It stopped, for its <see cref="Domain.Reason"/>; what it owns is still there to be looked at.</summary>
    Shut,

    /// <summary>What it owns is being taken back, a bounded piece at a time.</summary>
    Dying,

    /// <summary>It owns nothing; the slot is free once every CPU has left the hypervisor.</summary>
    Dead,
}
