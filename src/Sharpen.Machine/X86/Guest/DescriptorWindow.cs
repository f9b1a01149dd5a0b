using System.Numerics;
using System.Threading;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Guest;

/// <summary>The pages of this CPU's area in which the descriptor tables of its vCPU stand: a GDT of sixteen pages, the fifteenth ours, then an LDT.</summary>
/// <remarks>
/// Safety: an entry leads to a frame that the vCPU holds as descriptors, or, in the GDT, to a page of zeros that nobody can write; in the LDT, to
/// nothing. No other CPU uses the window, so it is enough that this one forgets.
/// </remarks>
internal static unsafe class DescriptorWindow
{
    private const int LdtBit = 16;
    private const ulong PresentLdt = 0x82UL << 40;

    /// <summary>Puts the tables of a vCPU there, instead of whatever there was.</summary>
    internal static void Load(ref VcpuDescriptors tables)
    {
        CpuBlock* block = CpuBlock.Current;
        uint map = tables.GdtMap | (tables.LdtMap << LdtBit);
        for (uint left = block->WindowMap | map; left != 0; left &= left - 1)
        {
            int page = BitOperations.TrailingZeroCount(left);
            bool isThere = (map & (1U << page)) != 0;
            uint frame = !isThere ? 0 : page < LdtBit ? tables.Gdt[page] : tables.Ldt[page - LdtBit];
            Put(block, page, isThere ? HostFormat.Leaf(1, new Mfn(frame), PageAccess.Write) : page < LdtBit ? block->EmptyEntry : HostFormat.Empty);
        }

        block->WindowMap = map;
        if (block->LdtEntries != tables.LdtEntries)
        {
            LoadLdt(block, tables.LdtEntries);
        }
    }

    /// <summary>Leaves nothing of any vCPU there.</summary>
    internal static void Clear()
    {
        CpuBlock* block = CpuBlock.Current;
        if ((block->WindowMap | block->LdtEntries) != 0)
        {
            VcpuDescriptors none = default;
            Load(ref none);
        }
    }

    /// <summary>Which page of the LDT an address is in.</summary>
    internal static bool TryFindLdtPage(GuestLinear address, out int page)
    {
        ulong offset = unchecked(address.Value - (CpuArea.Start(Processor.Id) + CpuArea.LdtWindow));
        page = (int)(offset >> PageSize.Shift & (VcpuDescriptors.LdtPages - 1));
        return offset < VcpuDescriptors.LdtPages * PageSize.Bytes;
    }

    private static void Put(CpuBlock* block, int page, ulong entry)
    {
        Volatile.Write(ref ((ulong*)block->AreaEntries)[page], entry);
        TranslationCache.FlushLocal(new HostLinear(CpuArea.Start(Processor.Id) + ((ulong)(uint)page << PageSize.Shift)));
    }

    private static void LoadLdt(CpuBlock* block, uint entries)
    {
        ulong area = CpuArea.Start(Processor.Id);
        ulong start = area + CpuArea.LdtWindow;
        ulong* descriptor = (ulong*)(area + CpuArea.GdtWindow + DescriptorTables.LdtSelector);
        block->LdtEntries = entries;
        ulong limit = entries == 0 ? 0 : (entries * sizeof(ulong)) - 1;
        descriptor[0] = (limit & 0xffff) | ((start & 0xffffff) << 16) | PresentLdt | ((start >> 24 & 0xff) << 56);
        descriptor[1] = start >> 32;
        Instructions.LoadLdt(entries == 0 ? 0 : DescriptorTables.LdtSelector);
    }
}
