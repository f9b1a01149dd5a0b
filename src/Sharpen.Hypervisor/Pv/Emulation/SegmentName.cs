namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>The segment registers, in the CPU's order.</summary>
internal enum SegmentName : byte
{
    Es,
    Cs,
    Ss,
    Ds,
    Fs,
    Gs,
}
