using System.Threading;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Asks for every kind of page-table entry there is and says what came of it: the same on real Xen shows what is ABI.</summary>
internal static unsafe class Program
{
    private const ulong Base = 0xffff_ffff_8000_0000;
    private const ulong PageBytes = 4096;
    private const ulong ReadWrite = 0x67;
    private const ulong ReadOnly = 0x65;
    private const ulong NoExecute = 1UL << 63;
    private const ulong TestAddress = 1UL << 39;
    private const ulong Self = 0x7ff0;
    private const ulong Io = 0x7ff1;
    private const ulong Xen = 0x7ff2;
    private const ulong Nobody = 0x7ff4;

    private static ulong s_free;

    internal static void Main()
    {
        s_free = Boot.Info->PageTableBase + ((Boot.Info->PageTableFrames + 8) * PageBytes);
        ulong root = Boot.Info->PageTableBase;
        ((ulong*)Page(1))[0] = 0;
        ((ulong*)Page(2))[0] = 0;
        ((ulong*)Page(3))[0] = 0;
        for (ulong page = 1; page < 4; page++)
        {
            Stubs.Call(Hypercall.UpdateVaMapping, Page(page), Of(Page(page), ReadOnly), 2, 0);
        }

        Say("link 4"u8, Update(root, Index(TestAddress, 4), Of(Page(1), ReadWrite), Self), root, Index(TestAddress, 4));
        Say("link 3"u8, Update(Page(1), 0, Of(Page(2), ReadWrite), Self), Page(1), 0);
        Say("link 2"u8, Update(Page(2), 0, Of(Page(3), ReadWrite), Self), Page(2), 0);
        Flags();
        Devices();
        Foreign();
        Counts("own"u8, Self);
        Counts("77"u8, 77);
        Counts("nobody"u8, Nobody);
        Counts("tables of 77"u8, Self | (78UL << 16));
        Linear(root);
        Upper();
        Others(root);
        Copies();
        BadTables();
        Emulated();
        Line.Of("page rules: done"u8).Print();
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;

    private static void Flags()
    {
        Leaf("rw"u8, Of(Page(5), ReadWrite), Self);
        Leaf("supervisor"u8, Of(Page(5), 0x63), Self);
        Leaf("user"u8, Of(Page(5), 0x7), Self);
        Leaf("global user"u8, Of(Page(5), 0x107), Self);
        Leaf("global supervisor"u8, Of(Page(5), 0x103), Self);
        Leaf("avail"u8, Of(Page(5), 0xe07), Self);
        Leaf("nx"u8, Of(Page(5), 0x7 | NoExecute), Self);
        for (int bit = 52; bit < 63; bit++)
        {
            Leaf("high bit"u8, Of(Page(5), 0x7 | (1UL << bit)), Self);
        }

        Leaf("pwt"u8, Of(Page(5), 0xf), Self);
        Leaf("pcd"u8, Of(Page(5), 0x17), Self);
        Leaf("pat"u8, Of(Page(5), 0x87), Self);
        Leaf("uc"u8, Of(Page(5), 0x1f), Self);
        Leaf("all cache bits"u8, Of(Page(5), 0x9f), Self);
        Leaf("not present"u8, Of(Page(5), 0x6), Self);
        Leaf("not present, junk"u8, 0x7fff_ffff_ffff_fffe, Self);
        Leaf("zero"u8, 0, Self);
        Say("preserve"u8, Update(Page(3), 2, Of(Page(5), 0x7), Self), Page(3), 0);
        Say("place unaligned"u8, UpdateAt(MachineOf(Page(3)) + 4, 0, Self), Page(3), 0);
        Say("command 3"u8, UpdateAt(MachineOf(Page(3)) + 3, Of(Page(5), 0x7), Self), Page(3), 0);
    }

    private static void Devices()
    {
        Leaf("vga rw"u8, (0xa0UL * PageBytes) | ReadWrite, Self);
        Leaf("vga wc"u8, (0xa0UL * PageBytes) | 0x87, Self);
        Leaf("vga wt"u8, (0xa0UL * PageBytes) | 0xf, Self);
        Leaf("vga uc-"u8, (0xa0UL * PageBytes) | 0x17, Self);
        Leaf("vga wp"u8, (0xa0UL * PageBytes) | 0x8f, Self);
        Leaf("acpi rw"u8, 0x1fff_f000 | ReadWrite, Self);
        Leaf("vga uc"u8, (0xa0UL * PageBytes) | 0x1f, Self);
        Leaf("frame 0"u8, ReadWrite, Self);
        Leaf("frame 1"u8, PageBytes | ReadWrite, Self);
        Leaf("bios rw"u8, (0xf0UL * PageBytes) | ReadWrite, Self);
        Leaf("ioapic rw"u8, 0xfec0_0000 | ReadWrite, Self);
        Leaf("ioapic ro"u8, 0xfec0_0000 | ReadOnly, Self);
        Leaf("apic rw"u8, 0xfee0_0000 | ReadWrite, Self);
        Leaf("apic ro"u8, 0xfee0_0000 | ReadOnly, Self);
        Leaf("msi end"u8, 0xfeef_f000 | ReadWrite, Self);
        Leaf("hpet rw"u8, 0xfed0_0000 | ReadWrite, Self);
        Leaf("hpet ro"u8, 0xfed0_0000 | ReadOnly, Self);
        Leaf("hypertransport"u8, 0xfd_0000_0000 | ReadWrite, Self);
        Leaf("hole"u8, 0xf000_0000 | ReadWrite, Self);
        Leaf("last of 40 bits"u8, 0xfc_ffff_f000 | ReadWrite, Self);
        Leaf("beyond 40 bits"u8, 0x100_0000_0000 | ReadWrite, Self);
        Leaf("last frame"u8, 0x000f_ffff_ffff_f000 | ReadWrite, Self);
        Leaf("1 MiB"u8, 0x10_0000 | ReadWrite, Self);
        Leaf("2 MiB"u8, 0x20_0000 | ReadWrite, Self);
        Leaf("3 MiB ro"u8, 0x30_0000 | ReadOnly, Self);
        Leaf("64 MiB ro"u8, 0x400_0000 | ReadOnly, Self);
        Leaf("500 MiB ro"u8, 0x1f40_0000 | ReadOnly, Self);
    }

    private static void Foreign()
    {
        Leaf("own by io"u8, Of(Page(5), ReadWrite), Io);
        Leaf("vga by io"u8, (0xa0UL * PageBytes) | ReadWrite, Io);
        Leaf("apic by io"u8, 0xfee0_0000 | ReadWrite, Io);
        Leaf("own by xen"u8, Of(Page(5), ReadWrite), Xen);
        Leaf("vga by xen"u8, (0xa0UL * PageBytes) | ReadWrite, Xen);
        Leaf("own by nobody"u8, Of(Page(5), ReadWrite), Nobody);
        Leaf("own by 77"u8, Of(Page(5), ReadWrite), 77);
        Leaf("own by 0"u8, Of(Page(5), ReadWrite), 0);
        Leaf("zero by io"u8, 0, Io);
        Leaf("tables of self"u8, Of(Page(5), ReadWrite), Self | ((Self + 1) << 16));
        Leaf("tables of 0"u8, Of(Page(5), ReadWrite), Self | (1UL << 16));
        Leaf("tables of 77"u8, Of(Page(5), ReadWrite), Self | (78UL << 16));
        Leaf("tables of io"u8, Of(Page(5), ReadWrite), Self | ((Io + 1) << 16));
        Say("va other io"u8, Stubs.Call(Hypercall.UpdateVaMappingOtherDomain, TestAddress, (0xa0UL * PageBytes) | ReadWrite, 0, Io), Page(3), 0);
        Say("va other self"u8, Stubs.Call(Hypercall.UpdateVaMappingOtherDomain, TestAddress, Of(Page(5), ReadWrite), 0, Self), Page(3), 0);
        Say("va other 0"u8, Stubs.Call(Hypercall.UpdateVaMappingOtherDomain, TestAddress, Of(Page(5), ReadWrite), 0, 0), Page(3), 0);
        Say("va other 77"u8, Stubs.Call(Hypercall.UpdateVaMappingOtherDomain, TestAddress, Of(Page(5), ReadWrite), 0, 77), Page(3), 0);
        Say("va other nobody"u8, Stubs.Call(Hypercall.UpdateVaMappingOtherDomain, TestAddress, Of(Page(5), ReadWrite), 0, Nobody), Page(3), 0);
    }

    // What becomes of the number done when nothing is.
    private static void Counts(System.ReadOnlySpan<byte> what, ulong foreign)
    {
        MmuUpdate update = new() { Address = MachineOf(Page(3)), Value = (1UL << 62) | 3 };
        MmuExtendedOp operation = new() { Command = MmuExtendedCommand.UnpinTable, First = ulong.MaxValue };
        uint updated = 77, managed = 77;
        long answer = Stubs.Call(Hypercall.MmuUpdate, (ulong)&update, 1, (ulong)&updated, foreign);
        long manage = Stubs.Call(Hypercall.MmuExtendedOp, (ulong)&operation, 1, (ulong)&managed, foreign);
        Line.Of("page rules: done of "u8).Text(what).Text(" "u8).Answer(answer).Text(" "u8).Hex(updated).Text(" "u8).Answer(manage).Text(" "u8).Hex(managed).Print();
    }

    private static void Linear(ulong root)
    {
        Self4("self 4 rw"u8, root, 0x67);
        Self4("self 4 ro"u8, root, 0x65);
        Self4("self 4 ro nx"u8, root, 0x65 | NoExecute);
        Say("3 in 4's place"u8, Update(root, 5, Of(Page(2), 0x65), Self), root, 5);
        Say("self 3 ro"u8, Update(Page(1), 7, Of(Page(1), 0x65), Self), Page(1), 7);
        Say("self 3 rw"u8, Update(Page(1), 8, Of(Page(1), 0x67), Self), Page(1), 8);
        Say("self 2 ro"u8, Update(Page(2), 7, Of(Page(2), 0x65), Self), Page(2), 7);
        Across();
        Say("self 2 off"u8, Update(Page(2), 7, 0, Self), Page(2), 7);
        Say("self 3 off"u8, Update(Page(1), 7, 0, Self), Page(1), 7);
    }

    // Entries that lead to another table of the same level: pages 21 and 22 are tables of level 3 like page 1, empty.
    private static void Across()
    {
        for (ulong page = 21; page < 24; page++)
        {
            ((ulong*)Page(page))[0] = 0;
            Stubs.Call(Hypercall.UpdateVaMapping, Page(page), Of(Page(page), ReadOnly), 2, 0);
        }

        Tell("pin 3"u8, Extended(2, MachineOf(Page(21)) / PageBytes, 0, Self));
        Tell("pin 3"u8, Extended(2, MachineOf(Page(22)) / PageBytes, 0, Self));
        Say("to a 3 rw"u8, Update(Page(1), 9, Of(Page(21), 0x67), Self), Page(1), 9);
        Say("to a 3 ro"u8, Update(Page(1), 9, Of(Page(21), 0x65), Self), Page(1), 9);
        Say("to a 3 again"u8, Update(Page(1), 10, Of(Page(21), 0x65), Self), Page(1), 10);
        Say("to another 3"u8, Update(Page(1), 11, Of(Page(22), 0x65), Self), Page(1), 11);
        Say("back"u8, Update(Page(21), 4, Of(Page(1), 0x65), Self), Page(21), 4);
        Say("on"u8, Update(Page(21), 4, Of(Page(22), 0x65), Self), Page(21), 4);
        Say("self of it"u8, Update(Page(21), 4, Of(Page(21), 0x65), Self), Page(21), 4);
        Tell("unpin it"u8, Extended(4, MachineOf(Page(21)) / PageBytes, 0, Self));
        Say("off"u8, Update(Page(1), 9, 0, Self), Page(1), 9);
        Say("off"u8, Update(Page(1), 10, 0, Self), Page(1), 10);
        Say("off"u8, Update(Page(1), 11, 0, Self), Page(1), 11);
        Tell("unpin the other"u8, Extended(4, MachineOf(Page(22)) / PageBytes, 0, Self));
    }

    private static void Self4(System.ReadOnlySpan<byte> what, ulong root, ulong flags)
    {
        Say(what, Update(root, 4, Of(root, flags), Self), root, 4);
        Say("... off"u8, Update(root, 4, 0, Self), root, 4);
    }

    private static void Upper()
    {
        ulong table = Of(Page(3), 0);
        Say("2 ro"u8, Update(Page(2), 1, table | ReadOnly, Self), Page(2), 1);
        Say("2 supervisor"u8, Update(Page(2), 1, table | 0x63, Self), Page(2), 1);
        Say("2 nx"u8, Update(Page(2), 1, table | 0x67 | NoExecute, Self), Page(2), 1);
        Say("2 pwt"u8, Update(Page(2), 1, table | 0x6f, Self), Page(2), 1);
        Say("2 pcd"u8, Update(Page(2), 1, table | 0x77, Self), Page(2), 1);
        Say("2 pse"u8, Update(Page(2), 1, table | 0xe7, Self), Page(2), 1);
        Say("2 global"u8, Update(Page(2), 1, table | 0x167, Self), Page(2), 1);
        Say("2 avail"u8, Update(Page(2), 1, table | 0xe67, Self), Page(2), 1);
        Say("2 high"u8, Update(Page(2), 1, table | 0x7ff0_0000_0000_0067, Self), Page(2), 1);
        Say("2 device"u8, Update(Page(2), 1, (0xa0UL * PageBytes) | 0x67, Self), Page(2), 1);
        Say("2 beyond"u8, Update(Page(2), 1, 0x000f_ffff_ffff_f000 | 0x67, Self), Page(2), 1);
        Say("2 page rw"u8, Update(Page(2), 1, Of(Page(5), 0x67), Self), Page(2), 1);
        Say("2 not present"u8, Update(Page(2), 1, Of(Page(5), 0x66), Self), Page(2), 1);
        Say("2 off"u8, Update(Page(2), 1, 0, Self), Page(2), 1);
        Say("1 maps table rw"u8, Update(Page(3), 1, Of(Page(2), 0x67), Self), Page(3), 1);
        Say("1 maps table ro"u8, Update(Page(3), 1, Of(Page(2), 0x65), Self), Page(3), 1);
        Say("1 off"u8, Update(Page(3), 1, 0, Self), Page(3), 1);
    }

    private static void Others(ulong root)
    {
        ulong frame = MachineOf(Page(5)) / PageBytes;
        Leaf("page 5 off"u8, 0, Self);
        Tell("va kind 3"u8, Stubs.Call(Hypercall.UpdateVaMapping, TestAddress, 0, 3, 0));
        Tell("va page all"u8, Stubs.Call(Hypercall.UpdateVaMapping, TestAddress, 0, 6, 0));
        Tell("va page bad mask"u8, Stubs.Call(Hypercall.UpdateVaMapping, TestAddress, 0, 2 | 0x7000_0000_0000_0000, 0));
        Tell("va tlb bad mask"u8, Stubs.Call(Hypercall.UpdateVaMapping, TestAddress, 0, 1 | 0x1000, 0));
        Tell("va none junk"u8, Stubs.Call(Hypercall.UpdateVaMapping, TestAddress, 0, 0x1000, 0));
        Tell("va no table"u8, Stubs.Call(Hypercall.UpdateVaMapping, 0x20_0000_0000, 0, 0, 0));
        Tell("va hypervisor"u8, Stubs.Call(Hypercall.UpdateVaMapping, 0xffff_8300_0000_0000, 0, 0, 0));
        Tell("va noncanonical"u8, Stubs.Call(Hypercall.UpdateVaMapping, 0x1234_0000_0000_0000, 0, 0, 0));
        for (uint command = 0; command < 24; command++)
        {
            if (command is 5 or 15 or 13)
            {
                continue;
            }

            Line.Of("page rules: op "u8).Number(command).Text(" junk "u8).Answer(Extended(command, 0xfffff, 0x1000, Self))
                .Text(" device "u8).Answer(Extended(command, 0xa0, 0x1000, Self)).Text(" page "u8).Answer(Extended(command, frame, 0, Self)).Print();
        }

        Tell("op unknown"u8, Extended(0x7fff_ffff, 0, 0, Self));
        Tell("op by io"u8, Extended(6, 0, 0, Io));
        Tell("op by xen"u8, Extended(6, 0, 0, Xen));
        Tell("op by nobody"u8, Extended(6, 0, 0, Nobody));
        Tell("op by 77"u8, Extended(6, 0, 0, 77));
        Tell("op by 0"u8, Extended(6, 0, 0, 0));
        Tell("pin by io"u8, Extended(0, frame, 0, Io));
        Tell("base of junk"u8, Extended(5, 0xfffff, 0, Self));
        Tell("user base of junk"u8, Extended(15, 0xfffff, 0, Self));
        Tell("user base of a page"u8, Extended(15, frame, 0, Self));
        Tell("ldt none"u8, Extended(13, 0, 0, Self));
        Tell("ldt unaligned"u8, Extended(13, 8, 1, Self));
        Tell("ldt long"u8, Extended(13, 0, 8193, Self));
        Tell("unpin twice"u8, Extended(4, MachineOf(Page(1)) / PageBytes, 0, Self));
        Say("root xen slot"u8, Update(root, 256, 0, Self), root, 256);
        Say("root xen slot end"u8, Update(root, 271, 0, Self), root, 271);
        Tell("update a page"u8, Update(Page(5), 1, 0x123, Self));
        Tell("update junk"u8, UpdateAt(0x000f_ffff_ffff_f000, 0, Self));
        Tell("update device"u8, UpdateAt(0xa0000, 0, Self));
    }

    private static void Copies()
    {
        ulong frame = MachineOf(Page(6)) / PageBytes;
        ulong table = MachineOf(Page(3)) / PageBytes;
        Tell("copy"u8, Extended(17, frame, MachineOf(Page(7)) / PageBytes, Self));
        Tell("copy from a table"u8, Extended(17, frame, table, Self));
        Tell("copy to a table"u8, Extended(17, table, frame, Self));
        Tell("copy to itself"u8, Extended(17, frame, frame, Self));
        Tell("clear a table"u8, Extended(16, table, 0, Self));
        ulong mask = 1;
        Tell("flush by mask"u8, Extended(8, 0, (ulong)&mask, Self));
        Tell("page by mask"u8, Extended(9, TestAddress, (ulong)&mask, Self));
        mask = 0xfff0;
        Tell("flush by strange mask"u8, Extended(8, 0, (ulong)&mask, Self));
        Tell("va mask"u8, Stubs.Call(Hypercall.UpdateVaMapping, TestAddress, 0, 1 | (ulong)&mask, 0));
        Stubs.Call(Hypercall.UpdateVaMapping, Page(6), Of(Page(6), ReadOnly), 2, 0);
        Tell("pin 1"u8, Extended(0, frame, 0, Self));
        Tell("pin 1 again"u8, Extended(0, frame, 0, Self));
        Tell("pin 2 of 1"u8, Extended(1, frame, 0, Self));
        Tell("unpin by io"u8, Extended(4, frame, 0, Io));
        Tell("unpin"u8, Extended(4, frame, 0, Self));
        Tell("unpin again"u8, Extended(4, frame, 0, Self));
        Tell("pin reserved bit"u8, Extended(1, frame, 0, Self | (7UL << 16)));
    }

    private static void BadTables()
    {
        BadTable("pin 1 with memory of others"u8, 0x20_0000 | ReadOnly);
        BadTable("pin 1 with apic"u8, 0xfee0_0000 | ReadOnly);
        BadTable("pin 1 with a table writable"u8, Of(Page(3), ReadWrite));
        BadTable("pin 1 with the last frame"u8, 0x000f_ffff_ffff_f000 | ReadOnly);
        ((ulong*)Page(9))[3] = 0x20_0000 | ReadOnly;
        ((ulong*)Page(10))[3] = Of(Page(9), ReadWrite);
        Stubs.Call(Hypercall.UpdateVaMapping, Page(9), Of(Page(9), ReadOnly), 2, 0);
        Stubs.Call(Hypercall.UpdateVaMapping, Page(10), Of(Page(10), ReadOnly), 2, 0);
        Tell("pin 2 over a bad 1"u8, Extended(1, MachineOf(Page(10)) / PageBytes, 0, Self));
        Say("link a bad 1"u8, Update(Page(2), 9, Of(Page(9), ReadWrite), Self), Page(2), 9);
    }

    private static void BadTable(System.ReadOnlySpan<byte> what, ulong entry)
    {
        ((ulong*)Page(9))[3] = entry;
        Stubs.Call(Hypercall.UpdateVaMapping, Page(9), Of(Page(9), ReadOnly), 2, 0);
        Tell(what, Extended(0, MachineOf(Page(9)) / PageBytes, 0, Self));
        Stubs.Call(Hypercall.UpdateVaMapping, Page(9), Of(Page(9), ReadWrite), 2, 0);
    }

    private static void Emulated()
    {
        ulong* entry = (ulong*)Page(3);
        ulong* page = (ulong*)TestAddress;
        Tell("assist"u8, Stubs.Call(Hypercall.VmAssist, 0, 2, 0, 0));
        entry[0] = Of(Page(7), 0x7);
        *page = 77;
        Line.Of("page rules: mov: reads "u8).Number(*page).Text(" accessed and dirty "u8).Hex(entry[0] & 0x60).Print();
        ulong old = Interlocked.Exchange(ref entry[0], Of(Page(8), 0x7));
        Line.Of("page rules: xchg "u8).Hex(old & 0x67).Print();
        Stubs.Call(Hypercall.MmuExtendedOp, 0, 0, 0, Self);
        Extended(6, 0, 0, Self);
        *page = 88;
        Line.Of("page rules: after xchg: reads "u8).Number(*page).Print();
        old = Interlocked.CompareExchange(ref entry[0], 0, 1);
        Line.Of("page rules: cmpxchg of another "u8).Hex(old & 0x67).Print();
        old = Interlocked.CompareExchange(ref entry[0], Of(Page(8), 0x25), old);
        Line.Of("page rules: cmpxchg "u8).Hex(old & 0x67).Text(" now "u8).Hex(entry[0] & 0x67).Print();
        Interlocked.And(ref entry[0], ~0x20UL);
        Line.Of("page rules: and: "u8).Hex(entry[0] & 0x67).Print();
        Interlocked.Or(ref entry[0], 0x200);
        Line.Of("page rules: or: "u8).Hex(entry[0] & 0x267).Print();
        *(byte*)entry = 0x7;
        Line.Of("page rules: byte: "u8).Hex(entry[0] & 0x267).Print();
        ((uint*)entry)[1] |= 0x8000_0000;
        Line.Of("page rules: upper half: "u8).Hex(entry[0] & 0x8000_0000_0000_0267).Print();
        entry[0] = 0;
        Line.Of("page rules: zero: "u8).Hex(entry[0]).Print();
    }

    private static ulong Page(ulong number) => s_free + (number * PageBytes);

    private static ulong MachineOf(ulong address) => ((ulong*)Boot.Info->MfnList)[(address - Base) / PageBytes] * PageBytes;

    private static ulong Of(ulong address, ulong flags) => MachineOf(address) | flags;

    private static ulong Index(ulong address, int level) => (address >> (3 + (9 * level))) & 511;

    private static long Extended(uint command, ulong first, ulong second, ulong foreign)
    {
        MmuExtendedOp operation = new() { Command = (MmuExtendedCommand)command, First = first, Second = second };
        return Stubs.Call(Hypercall.MmuExtendedOp, (ulong)&operation, 1, 0, foreign);
    }

    private static long Update(ulong table, ulong index, ulong entry, ulong foreign) => UpdateAt(MachineOf(table) + (index * 8), entry, foreign);

    private static long UpdateAt(ulong place, ulong entry, ulong foreign)
    {
        MmuUpdate update = new() { Address = place, Value = entry };
        return Stubs.Call(Hypercall.MmuUpdate, (ulong)&update, 1, 0, foreign);
    }

    private static void Leaf(System.ReadOnlySpan<byte> what, ulong entry, ulong foreign) => Say(what, Update(Page(3), 0, entry, foreign), Page(3), 0);

    private static void Say(System.ReadOnlySpan<byte> what, long answer, ulong table, ulong index)
    {
        ulong entry = ((ulong*)table)[index];
        Line line = Line.Of("page rules: "u8).Text(what).Text(" "u8).Answer(answer).Text(" flags "u8).Hex(entry & 0xfff0_0000_0000_0fff);
        line.Print();
    }

    private static void Tell(System.ReadOnlySpan<byte> what, long answer) => Line.Of("page rules: "u8).Text(what).Text(" "u8).Answer(answer).Print();
}
