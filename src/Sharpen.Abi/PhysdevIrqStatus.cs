namespace Sharpen.Abi;

/// <summary><c>struct physdev_irq_status_query</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevIrqStatus : IAbiData
{
    /// <summary><c>irq</c></summary>
    public uint Pirq;

    /// <summary><c>flags</c>: out</summary>
    public PirqStatusFlags Flags;
}
