using Sharpen.Machine.Collections;

namespace Sharpen.Machine.Guest;

/// <summary>The descriptor tables of one vCPU: frames that it holds as <see cref="Memory.SegmentDescriptors"/>, by page of the table; 0 for none.</summary>
internal struct VcpuDescriptors
{
    /// <summary>Pages that a guest may fill of its GDT; the hypervisor's descriptors follow (<c>FIRST_RESERVED_GDT_PAGE</c>).</summary>
    internal const int GdtPages = 14;

    /// <summary>Pages of an LDT that a selector reaches.</summary>
    internal const int LdtPages = 16;

    /// <summary>Frames of the GDT.</summary>
    internal Fixed16<uint> Gdt;

    /// <summary>Frames of the LDT; a page is looked up when the CPU first wants it.</summary>
    internal Fixed16<uint> Ldt;

    /// <summary>Which pages of the GDT there are, bit 0 being the first.</summary>
    internal uint GdtMap;

    /// <summary>The same for the LDT.</summary>
    internal uint LdtMap;

    /// <summary>How many descriptors the LDT has.</summary>
    internal uint LdtEntries;

    /// <summary>Where the guest has its LDT.</summary>
    internal GuestLinear LdtStart;
}
