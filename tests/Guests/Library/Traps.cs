using System.Runtime;
using System.Runtime.CompilerServices;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Exceptions end a test guest: with a line that says which, and a shutdown that says it crashed.</summary>
internal static unsafe class Traps
{
    private const byte MaskUpcalls = 4;

    /// <summary>Registers the handlers.</summary>
    internal static void Install()
    {
        TrapTable table = default;
        TrapInfo* traps = (TrapInfo*)&table;
        traps[0] = Trap(0, Stubs.DivideEntry);
        traps[1] = Trap(6, Stubs.UndefinedEntry);
        traps[2] = Trap(13, Stubs.ProtectionEntry);
        traps[3] = Trap(14, Stubs.PageFaultEntry);
        Stubs.Call(Hypercall.SetTrapTable, (ulong)traps, 0, 0, 0);
    }

    private static TrapInfo Trap(byte vector, ulong address) =>
        new() { Vector = vector, Flags = MaskUpcalls, Cs = (ushort)FlatSelector.UserCode64, Address = address };

    [RuntimeExport("guest_exception")]
    private static void Report(uint vector, ulong error, ulong* frame)
    {
        Line.Of("exception "u8).Number(vector).Text(" error "u8).Hex(error).Text(" at "u8).Hex(frame[0]).Print();
        if (Program.OnException(vector, error))
        {
            Kernel.Shutdown(ShutdownReason.PowerOff);
        }

        Kernel.Shutdown(ShutdownReason.Crash);
    }

    [InlineArray(5)]
    private struct TrapTable
    {
        private TrapInfo _first;
    }
}
