using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>Memory of one proximity domain.</summary>
public readonly struct NumaRange
{
    internal NumaRange(MachineAddress start, ulong bytes, uint proximity, bool isHotPluggable)
    {
        Start = start;
        Bytes = bytes;
        Proximity = proximity;
        IsHotPluggable = isHotPluggable;
    }

    /// <summary>The first byte.</summary>
    public MachineAddress Start { get; }

    /// <summary>How much; never 0, never past the end of the address space.</summary>
    public ulong Bytes { get; }

    /// <summary>The proximity domain.</summary>
    public uint Proximity { get; }

    /// <summary>May be empty now.</summary>
    public bool IsHotPluggable { get; }
}
