using Sharpen.Abi;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Grants;

/// <summary>One mapping that a domain has of a grant, as its handle stands for it.</summary>
public struct GrantMapping
{
    /// <summary>The frame that devices may reach through it. Page tables hold what they map themselves.</summary>
    public KeptFrame Device;

    /// <summary>The frame that is mapped.</summary>
    public uint Frame;

    /// <summary>The grant's number in its table; while the handle is free, the next free one plus one, or zero.</summary>
    public uint Reference;

    /// <summary>Which table that is: see <see cref="GrantTable.Serial"/>.</summary>
    public uint Serial;

    /// <summary>Whose.</summary>
    public DomainId Domain;

    private ushort _kinds;

    /// <summary>How it was mapped, and what is left of it: <see cref="GrantMapFlags.Host"/> and <see cref="GrantMapFlags.Device"/> go when they are unmapped.</summary>
    public GrantMapFlags Kinds
    {
        readonly get => (GrantMapFlags)_kinds;
        set => _kinds = (ushort)value;
    }

    /// <summary>True while the handle stands for something.</summary>
    public readonly bool IsLive => (Kinds & (GrantMapFlags.Host | GrantMapFlags.Device)) != 0;

    /// <summary>True when it may be written.</summary>
    public readonly bool IsWritable => (Kinds & GrantMapFlags.ReadOnly) == 0;
}
