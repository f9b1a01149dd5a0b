namespace Sharpen.Abi;

/// <summary><c>struct physdev_irq</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevIrq : IAbiData
{
    /// <summary><c>irq</c></summary>
    public uint Irq;

    /// <summary><c>vector</c></summary>
    public uint Vector;
}
