namespace Sharpen.Abi;

/// <summary><c>struct physdev_unmap_pirq</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevUnmapPirq : IAbiData
{
    /// <summary><c>domid</c></summary>
    public ushort Domain;

    /// <summary><c>pirq</c></summary>
    public int Pirq;
}
