using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Compares the machine-to-physical table with the list of its frames, then writes to the table: a page fault is the right answer.</summary>
internal static unsafe class Program
{
    private const ulong MachineToPhysical = 0xffff_8000_0000_0000;

    internal static void Main()
    {
        ulong* list = (ulong*)Boot.Info->MfnList;
        ulong wrong = 0;
        for (ulong page = 0; page < Boot.Info->PageCount; page++)
        {
            wrong += EntryOf(list[page]) == page ? 0UL : 1;
        }

        Line.Of("memory: machine-to-physical entries wrong: "u8).Number(wrong).Print();
        *(ulong*)(MachineToPhysical + (list[0] * 8)) = 0;
        Line.Of("memory: wrote to the machine-to-physical table"u8).Print();
    }

    /// <summary>The write at the end.</summary>
    internal static bool OnException(uint vector, ulong error) => vector == 14 && error == 3;

    private static ulong EntryOf(ulong frame) => ((ulong*)MachineToPhysical)[frame];
}
