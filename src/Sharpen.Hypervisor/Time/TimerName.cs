namespace Sharpen.Hypervisor.Time;

/// <summary>What a timer is for: a kind, and an id that the kind gives a meaning.</summary>
public readonly struct TimerName
{
    public readonly TimerKind Kind;
    public readonly uint Id;

    public TimerName(TimerKind kind, uint id)
    {
        Kind = kind;
        Id = id;
    }

    public static bool operator ==(TimerName left, TimerName right) => left.Kind == right.Kind && left.Id == right.Id;

    public static bool operator !=(TimerName left, TimerName right) => !(left == right);

    public override bool Equals(object? other) => false;

    public override int GetHashCode() => unchecked((int)Id);
}
