namespace Sharpen.Hypervisor.Domains;

/// <summary>How many nodes of memory a domain sees, and of what else it is told. See <see cref="DomainNuma"/>.</summary>
/// <param name="nodes">Nodes; 0: nobody has said it.</param>
/// <param name="vcpus">vCPUs.</param>
/// <param name="ranges">Ranges of memory.</param>
internal readonly struct NumaCounts(uint nodes, uint vcpus, uint ranges)
{
    /// <summary>Nodes; 0: nobody has said it.</summary>
    internal uint Nodes { get; } = nodes;

    /// <summary>vCPUs.</summary>
    internal uint Vcpus { get; } = vcpus;

    /// <summary>Ranges of memory.</summary>
    internal uint Ranges { get; } = ranges;
}
