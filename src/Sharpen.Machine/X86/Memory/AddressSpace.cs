using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Memory;

/// <summary>
/// The hypervisor's address space on x86-64: slots 256 to 271 of the root, which the PV interface leaves to us.
/// docs/address-space.md has the picture; the assembly stubs see the same numbers in layout.h.
/// </summary>
internal static class AddressSpace
{
    /// <summary>Slot 256: the machine-to-physical table that guests read, 8 bytes a frame.</summary>
    internal static HostLinear MachineToPhysical => new(0xffff_8000_0000_0000);

    /// <summary>The room that the interface gives to that table (<c>MACH2PHYS_VIRT_END</c>).</summary>
    internal const ulong MachineToPhysicalBytes = 1UL << 38;

    /// <summary>Slot 257: device registers, uncached.</summary>
    internal static HostLinear Devices => new(0xffff_8080_0000_0000);

    internal const ulong DevicesBytes = SlotBytes;

    /// <summary>Slot 259: mappings that differ from domain to domain.</summary>
    internal static HostLinear PerDomain => new(0xffff_8180_0000_0000);

    /// <summary>Slot 260: an area for each CPU; what lies where in it, says <see cref="CpuArea"/>.</summary>
    internal static HostLinear CpuAreas => new(CpuArea.Base);

    /// <summary>Pages at the end of an area through which a CPU looks at frames beyond the direct map.</summary>
    internal const int WindowsPerCpu = 8;

    /// <summary>Slot 261, first half: where the image is linked.</summary>
    internal static HostLinear Image => new(0xffff_82d0_8020_0000);

    /// <summary>What the stub maps of the image, at most.</summary>
    internal const ulong ImageBytes = 0x100_0000;

    /// <summary>Slot 261, second half: the frame table.</summary>
    internal static HostLinear FrameTable => new(0xffff_82e0_0000_0000);

    /// <summary>Frames from this number on are not used: the frame table has no room (16 TiB).</summary>
    internal const ulong FrameLimit = 1UL << 32;

    /// <summary>Slots 262 to 271: the direct map.</summary>
    internal static HostLinear DirectMap => new(0xffff_8300_0000_0000);

    /// <summary>Frames that the direct map reaches: 5 TiB.</summary>
    internal const ulong DirectMapFrames = 5UL << 28;

    /// <summary>The slots that every root shares with the host's.</summary>
    internal const int FirstSlot = 256;
    internal const int EndSlot = 272;

    private const ulong SlotBytes = 1UL << 39;

    /// <summary>Slots, besides the one that guests read, whose tables must exist before a root is copied. Those of the direct map exist where there is RAM.</summary>
    internal const int SharedSlots = 3;

    /// <summary>An address in one of those slots.</summary>
    internal static HostLinear SharedSlot(int number) => number switch
    {
        0 => Devices,
        1 => CpuAreas,
        _ => Image,
    };
}
