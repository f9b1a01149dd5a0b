using Sharpen.Abi;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>Where operands in memory are.</summary>
internal static class DataSegments
{
    /// <summary>The linear address of an offset in a segment. False: the segment is not known.</summary>
    /// <param name="code">The code segment: in 64-bit code only fs and gs have a base.</param>
    /// <param name="registers">The selectors.</param>
    /// <param name="name">Which segment.</param>
    /// <param name="offset">Any number.</param>
    /// <param name="place">The address; a claim, as all guest addresses are.</param>
    internal static bool TryLinear(in CodeSegment code, in CpuUserRegisters registers, SegmentName name, ulong offset, out GuestLinear place)
    {
        _ = registers.Ds;
        ulong start = name switch
        {
            SegmentName.Fs => GuestCpu.BaseOf(SegmentBase.Fs).Value,
            SegmentName.Gs => GuestCpu.BaseOf(SegmentBase.GsKernel).Value,
            _ => 0,
        };
        ulong linear = unchecked(start + offset);
        place = new GuestLinear(code.Is64Bit ? linear : linear & uint.MaxValue);
        return true;
    }
}
