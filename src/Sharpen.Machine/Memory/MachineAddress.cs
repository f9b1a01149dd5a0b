namespace Sharpen.Machine.Memory;

/// <summary>An address on the memory bus, in bytes.</summary>
public readonly struct MachineAddress
{
    public readonly ulong Value;

    public MachineAddress(ulong value) => Value = value;

    /// <summary>The frame that holds this byte.</summary>
    public Mfn Frame => new(Value >> PageSize.Shift);

    /// <summary>Bytes past the start of the frame.</summary>
    public int Offset => (int)(Value & PageSize.OffsetMask);

    public static MachineAddress operator +(MachineAddress address, ulong bytes) => new(address.Value + bytes);

    public static bool operator <(MachineAddress left, MachineAddress right) => left.Value < right.Value;

    public static bool operator >(MachineAddress left, MachineAddress right) => left.Value > right.Value;
}
