namespace Sharpen.Machine.Memory;

/// <summary>An address as the hypervisor's own code sees it, translated by <see cref="HostTables"/>.</summary>
internal readonly struct HostLinear
{
    internal readonly ulong Value;

    internal HostLinear(ulong value) => Value = value;

    public static HostLinear operator +(HostLinear start, ulong bytes) => new(start.Value + bytes);
}
