namespace Sharpen.Abi;

/// <summary><c>struct physdev_map_pirq</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevMapPirq : IAbiData
{
    /// <summary><c>domid</c></summary>
    public ushort Domain;

    /// <summary><c>type</c></summary>
    public MapPirqType Type;

    /// <summary><c>index</c></summary>
    public int Index;

    /// <summary><c>pirq</c></summary>
    public int Pirq;

    /// <summary><c>bus</c></summary>
    public int Bus;

    /// <summary><c>devfn</c></summary>
    public int DevFn;

    /// <summary><c>entry_nr</c></summary>
    public int EntryNumber;

    /// <summary><c>table_base</c></summary>
    public ulong TableBase;
}
