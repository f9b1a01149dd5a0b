using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>This guest's pages and their frames: the padding behind the first stack is mapped and unused.</summary>
internal static unsafe class Space
{
    internal const ulong PageBytes = 4096;
    internal const ulong ReadWrite = 0x67;
    internal const ulong Self = 0x7ff0;
    private const ulong Base = 0xffff_ffff_8000_0000;
    private const ulong FrameBits = 0x000f_ffff_ffff_f000;

    /// <summary>The address of a free page.</summary>
    internal static ulong Page(ulong number) => Boot.Info->PageTableBase + ((Boot.Info->PageTableFrames + 8 + number) * PageBytes);

    /// <summary>The machine frame that the builder mapped at an address.</summary>
    internal static ulong FrameOf(ulong address) => ((ulong*)Boot.Info->MfnList)[(address - Base) / PageBytes];

    /// <summary>A writable entry for that frame.</summary>
    internal static ulong Entry(ulong address) => (FrameOf(address) * PageBytes) | ReadWrite;

    /// <summary>The machine address of the L1 entry that maps an address.</summary>
    internal static ulong EntryAddress(ulong address)
    {
        ulong table = Boot.Info->PageTableBase;
        for (int level = 4; level > 1; level--)
        {
            table = AddressOf((((ulong*)table)[Index(address, level)] & FrameBits) / PageBytes);
        }

        return (FrameOf(table) * PageBytes) + (8 * Index(address, 1));
    }

    private static ulong Index(ulong address, int level) => (address >> (3 + (9 * level))) & 511;

    /// <summary>Where one of the first page tables is mapped.</summary>
    private static ulong AddressOf(ulong frame)
    {
        ulong address = Boot.Info->PageTableBase;
        for (ulong i = 0; i < Boot.Info->PageTableFrames; i++, address += PageBytes)
        {
            if (FrameOf(address) == frame)
            {
                return address;
            }
        }

        Line.Of("probe: no page table has frame "u8).Hex(frame).Print();
        return 0;
    }
}
