using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Makes page tables of its own, pins them, runs on them, changes them and lets them go; says what each step answered.</summary>
internal static unsafe class Program
{
    private const ulong Base = 0xffff_ffff_8000_0000;
    private const ulong PageBytes = 4096;
    private const ulong Table = 0x67;
    private const ulong ReadWrite = 0x67;
    private const ulong ReadOnly = 0x65;
    private const ulong FlushHere = 2;
    private const ulong TestAddress = 0x10_0000_0000;
    private const ulong Self = 0x7ff0;

    private static ulong s_free;

    internal static void Main()
    {
        // The pages behind the first stack are padding, mapped and unused.
        s_free = Boot.Info->PageTableBase + ((Boot.Info->PageTableFrames + 8) * PageBytes);
        ulong root = Page(0);
        Copy(Boot.Info->PageTableBase, root);
        ((ulong*)root)[Index(TestAddress, 4)] = Entry(Page(1), Table);
        ((ulong*)Page(1))[Index(TestAddress, 3)] = Entry(Page(2), Table);
        ((ulong*)Page(2))[Index(TestAddress, 2)] = Entry(Page(3), Table);
        ((ulong*)Page(3))[Index(TestAddress, 1)] = Entry(Page(4), ReadWrite);
        *(ulong*)Page(4) = 42;

        Say("pin while writable"u8, Extended(MmuExtendedCommand.PinL4Table, FrameOf(root)));
        for (ulong page = 0; page < 4; page++)
        {
            Stubs.Call(Hypercall.UpdateVaMapping, Page(page), Entry(Page(page), ReadOnly), FlushHere, 0);
        }

        Say("pin"u8, Extended(MmuExtendedCommand.PinL4Table, FrameOf(root)));
        Say("new root"u8, Extended(MmuExtendedCommand.NewBasePointer, FrameOf(root)));
        Line.Of("page tables: reads "u8).Number(*(ulong*)TestAddress).Print();
        Say("unpin the first root"u8, Extended(MmuExtendedCommand.UnpinTable, FrameOf(Boot.Info->PageTableBase)));
        *(ulong*)Page(5) = 43;
        Say("update"u8, Update(Page(3), Index(TestAddress, 1), Entry(Page(5), ReadWrite)));
        Say("forget the old one"u8, Extended(MmuExtendedCommand.InvalidateLocal, TestAddress));
        Line.Of("page tables: reads "u8).Number(*(ulong*)TestAddress).Print();
        Say("table writable"u8, Update(Page(3), Index(TestAddress, 1), Entry(Page(3), ReadWrite)));
        Say("superpage"u8, Update(Page(2), Index(TestAddress, 2) + 1, Entry(Page(5), ReadWrite | 0x80)));
        Say("reserved slot"u8, Update(root, 260, 0));
        Say("user root"u8, Extended(MmuExtendedCommand.NewUserBasePointer, FrameOf(root)));
        Say("no user root"u8, Extended(MmuExtendedCommand.NewUserBasePointer, 0));
        Say("clear a table"u8, Extended(MmuExtendedCommand.ClearPage, FrameOf(Page(3))));
        Say("clear a page"u8, Extended(MmuExtendedCommand.ClearPage, FrameOf(Page(5))));
        Line.Of("page tables: reads "u8).Number(*(ulong*)TestAddress).Print();
        Say("back"u8, Extended(MmuExtendedCommand.NewBasePointer, FrameOf(Boot.Info->PageTableBase)));
        Say("unpin"u8, Extended(MmuExtendedCommand.UnpinTable, FrameOf(root)));
        Say("writable again"u8, Stubs.Call(Hypercall.UpdateVaMapping, root, Entry(root, ReadWrite), FlushHere, 0));
        *(ulong*)root = 0;
        Line.Of("page tables: done"u8).Print();
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;

    private static ulong Page(ulong number) => s_free + (number * PageBytes);

    private static ulong FrameOf(ulong address) => ((ulong*)Boot.Info->MfnList)[(address - Base) / PageBytes];

    private static ulong Entry(ulong address, ulong flags) => (FrameOf(address) * PageBytes) | flags;

    private static ulong Index(ulong address, int level) => (address >> (3 + (9 * level))) & 511;

    private static void Copy(ulong from, ulong to)
    {
        for (int index = 0; index < 512; index++)
        {
            ((ulong*)to)[index] = ((ulong*)from)[index];
        }
    }

    private static long Extended(MmuExtendedCommand command, ulong frame)
    {
        MmuExtendedOp operation = new() { Command = command, First = frame };
        return Stubs.Call(Hypercall.MmuExtendedOp, (ulong)&operation, 1, 0, Self);
    }

    private static long Update(ulong table, ulong index, ulong entry)
    {
        MmuUpdate update = new() { Address = (FrameOf(table) * PageBytes) + (index * 8), Value = entry };
        return Stubs.Call(Hypercall.MmuUpdate, (ulong)&update, 1, 0, Self);
    }

    private static void Say(System.ReadOnlySpan<byte> what, long answer)
    {
        Line line = Line.Of("page tables: "u8).Text(what).Text(" "u8);
        (answer < 0 ? line.Text("-"u8).Number((ulong)-answer) : line.Number((ulong)answer)).Print();
    }
}
