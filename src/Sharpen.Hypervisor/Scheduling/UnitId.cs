namespace Sharpen.Hypervisor.Scheduling;

/// <summary>Names one unit of scheduling (a vCPU) in the table that the caller brings; 0 names none.</summary>
public readonly struct UnitId
{
    public readonly uint Value;

    public UnitId(uint value) => Value = value;

    public static UnitId None => default;

    public bool IsNone => Value == 0;

    public static bool operator ==(UnitId left, UnitId right) => left.Value == right.Value;

    public static bool operator !=(UnitId left, UnitId right) => left.Value != right.Value;

    public override bool Equals(object? other) => false;

    public override int GetHashCode() => unchecked((int)Value);
}
