namespace Sharpen.Xen;

/// <summary><c>grant_ref_t</c>: which of its pages a domain grants. Source: <c>grant_table.h</c>.</summary>
/// <param name="Value">The index in the granter's table.</param>
public readonly record struct GrantReference(uint Value)
{
    public override string ToString() => $"grant {Value}";
}
