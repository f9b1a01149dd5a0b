namespace Sharpen.Xen;

/// <summary>A machine frame number.</summary>
/// <param name="Value">The number of the 4 KiB frame.</param>
public readonly record struct Mfn(ulong Value)
{
    public override string ToString() => $"mfn {Value:x}";
}
