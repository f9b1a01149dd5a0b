namespace Sharpen.Guest;

/// <summary>Writes into its own page tables, which must not be writable; a page fault is the right answer.</summary>
internal static unsafe class Program
{
    internal static void Main()
    {
        Line.Of("wild write: at "u8).Hex(Boot.Info->PageTableBase).Print();
        *(ulong*)Boot.Info->PageTableBase = 0x67;
        Line.Of("wild write: it went through!"u8).Print();
    }

    /// <summary>A page fault is what ought to happen; it ends the guest as a crash all the same.</summary>
    internal static bool OnException(uint vector, ulong error) => false;
}
