using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Domains;

/// <summary>What of the host's devices a domain may use, beside the frames that <see cref="DomainFrames.Devices"/> has. All zero is nothing.</summary>
internal struct IoRights
{
    /// <summary>I/O ports.</summary>
    internal IoRanges Ports;

    /// <summary>Interrupts, by number.</summary>
    internal IoRanges Irqs;
}
