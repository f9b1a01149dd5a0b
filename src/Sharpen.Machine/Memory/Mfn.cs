namespace Sharpen.Machine.Memory;

/// <summary>A frame of host memory: what the hypervisor writes into its own page tables.</summary>
public readonly struct Mfn
{
    public readonly ulong Value;

    public Mfn(ulong value) => Value = value;

    public static Mfn Invalid => new(ulong.MaxValue);

    public bool IsInvalid => Value == ulong.MaxValue;

    public MachineAddress Start => new(Value << PageSize.Shift);

    public static Mfn operator +(Mfn first, ulong frames) => new(first.Value + frames);

    public static ulong operator -(Mfn end, Mfn first) => end.Value - first.Value;

    public static bool operator ==(Mfn left, Mfn right) => left.Value == right.Value;

    public static bool operator !=(Mfn left, Mfn right) => left.Value != right.Value;

    public static bool operator <(Mfn left, Mfn right) => left.Value < right.Value;

    public static bool operator >(Mfn left, Mfn right) => left.Value > right.Value;

    public override bool Equals(object? other) => false;

    public override int GetHashCode() => (int)(uint)Value;
}
