namespace Sharpen.Abi;

/// <summary><c>struct physdev_apic</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevApic : IAbiData
{
    /// <summary><c>apic_physbase</c></summary>
    public ulong Address;

    /// <summary><c>reg</c></summary>
    public uint Register;

    /// <summary><c>value</c></summary>
    public uint Value;
}
