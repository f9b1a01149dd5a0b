using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Asks to return where no guest may be, or faults on a stack that is none; <c>case=</c> on the command line says in which way.</summary>
internal static unsafe class Program
{
    internal static void Main()
    {
        ulong which = Boot.Number("case="u8, 0);
        Line.Of("hostile iret: case "u8).Number(which).Print();
        IretContext frame = new()
        {
            Rip = Stubs.UpcallEntry,
            Cs = (ulong)FlatSelector.UserCode64 & ~3UL,
            Rflags = 0x3202,
            Rsp = (ulong)&which,
            Ss = (ulong)FlatSelector.UserData32,
        };
        switch (which)
        {
            case 0: frame.Rip = 0x1234_5678_9abc_def0; break;
            case 1: frame.Cs = 0xe008; break;
            case 2: frame.Rip = 0xffff_82d0_8020_0000; break;
            case 3: frame.Ss = 0xe010; break;
            case 4: frame.Cs = 3; break;
            case 5: Stubs.RawIret((IretContext*)0xffff_8300_0000_0000); break;
            case 6: Stubs.FaultOn(0xffff_8300_0000_1000); break;
            case 7: Stubs.FaultOn(0x8000_0000_0000_1000); break;
            default: Stubs.FaultOn(Boot.Info->PageTableBase + 0x1000); break;
        }

        Stubs.RawIret(&frame);
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;
}
