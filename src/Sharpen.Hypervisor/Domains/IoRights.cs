namespace Sharpen.Hypervisor.Domains;

/// <summary>What of the host's devices a domain may use. All zero is nothing.</summary>
internal struct IoRights
{
    /// <summary>I/O ports.</summary>
    internal IoRanges Ports;

    /// <summary>Interrupts, by number.</summary>
    internal IoRanges Irqs;

    /// <summary>Machine frames that are no memory.</summary>
    internal IoRanges Frames;
}
