namespace Sharpen.Abi;

/// <summary><c>domid_t</c>: the number of a domain, or one of <see cref="ReservedDomain"/>. Source: <c>xen.h</c>.</summary>
public readonly struct DomainId : IAbiData
{
    /// <summary>Ids that a domain can have are below this (<c>DOMID_FIRST_RESERVED</c>).</summary>
    public const int OrdinaryLimit = (int)ReservedDomain.FirstReserved;

    private readonly ushort _value;

    public DomainId(ushort value) => _value = value;

    /// <summary>The id as guests see it.</summary>
    public ushort Value => _value;

    /// <summary>No domain: what is not owned.</summary>
    public static DomainId Invalid => new((ushort)ReservedDomain.Invalid);

    /// <summary>What a caller writes for itself.</summary>
    public static DomainId Self => new((ushort)ReservedDomain.Self);

    /// <summary>True for an id that a domain can have.</summary>
    public bool IsOrdinary => _value < (ushort)ReservedDomain.FirstReserved;

    public static bool operator ==(DomainId left, DomainId right) => left._value == right._value;

    public static bool operator !=(DomainId left, DomainId right) => left._value != right._value;

    public override bool Equals(object? other) => false;

    public override int GetHashCode() => _value;
}
