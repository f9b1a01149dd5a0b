namespace Sharpen.Xen;

/// <summary>A page number as a guest counts its memory; of a PV guest whose memory is mapped by machine frames, an <see cref="Mfn"/>.</summary>
/// <param name="Value">The number of the 4 KiB page.</param>
public readonly record struct Gfn(ulong Value)
{
    public override string ToString() => $"gfn {Value:x}";
}
