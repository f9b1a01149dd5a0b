namespace Sharpen.Abi;

/// <summary><c>struct physdev_eoi</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevEoi : IAbiData
{
    /// <summary><c>irq</c></summary>
    public uint Pirq;
}
