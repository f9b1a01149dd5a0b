using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Guest;

/// <summary>A linear address as a guest means it, in bytes. A claim: nothing is known about what it maps, or whether it is canonical.</summary>
public readonly struct GuestLinear
{
    /// <summary>Where the range that a 64-bit PV guest leaves to the hypervisor begins (<c>HYPERVISOR_VIRT_START</c>).</summary>
    public const ulong HypervisorStart = 0xffff_8000_0000_0000;

    /// <summary>Where that range ends (<c>HYPERVISOR_VIRT_END</c>).</summary>
    public const ulong HypervisorEnd = 0xffff_8800_0000_0000;

    private const ulong LowerHalfEnd = 0x0000_8000_0000_0000;

    /// <summary>From <see cref="HypervisorEnd"/> to the end of the address space.</summary>
    private const ulong UpperBytes = unchecked(0 - HypervisorEnd);

    public readonly ulong Value;

    public GuestLinear(ulong value) => Value = value;

    /// <summary>True when a 4-level processor can form the address.</summary>
    public bool IsCanonical => Value < LowerHalfEnd || Value >= HypervisorStart;

    /// <summary>True when a PV guest may have something there: canonical and outside the hypervisor's range.</summary>
    public bool IsGuest => Value >= HypervisorEnd || Value < LowerHalfEnd;

    /// <summary>True when all of so many bytes lie where a guest may have something; no wrap, no hypervisor byte between.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HoldsGuest(ulong bytes) =>
        (bytes <= UpperBytes && unchecked(Value - HypervisorEnd) <= unchecked(UpperBytes - bytes)) || HoldsLower(bytes);

    private bool HoldsLower(ulong bytes) => Value < LowerHalfEnd && bytes <= LowerHalfEnd - Value;

    public static GuestLinear operator +(GuestLinear start, ulong bytes) => new(unchecked(start.Value + bytes));

    public static GuestLinear operator -(GuestLinear end, ulong bytes) => new(unchecked(end.Value - bytes));
}
