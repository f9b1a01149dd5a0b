using System.Runtime;
using System.Runtime.CompilerServices;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Asks to return where no guest may be, or faults on a stack that is none; <c>case=</c> on the command line says in which way.</summary>
internal static unsafe class Program
{
    private const ulong Base = 0xffff_ffff_8000_0000;
    private const ulong PageBytes = 4096;
    private const ulong UserData = 0x00cf_f300_0000_ffff;
    private const ushort LocalSelector = 0xf;
    private const ushort OwnSelector = 0xb;

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
            case 9: frame.Cs = LocalSelector & ~3UL; break;
            case 10: frame.Ss = LocalSelector; break;
            case 11: frame.Cs = OwnSelector & ~3UL; break;
            case 12: LoseSelector(); break;
            default: Stubs.FaultOn(Boot.Info->PageTableBase + 0x1000); break;
        }

        Stubs.RawIret(&frame);
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;

    // A selector of a descriptor that goes while it is loaded: it is missed when this vCPU is next given a CPU.
    private static void LoseSelector()
    {
        ulong page = Boot.Info->PageTableBase + ((Boot.Info->PageTableFrames + 8) * PageBytes);
        ulong frame = ((ulong*)Boot.Info->MfnList)[(page - Base) / PageBytes];
        ((ulong*)page)[1] = UserData;
        CallbackRegister entry = new() { Type = CallbackType.Failsafe, Flags = CallbackFlags.MaskEvents, Address = (ulong)(delegate*<void>)&Failsafe };
        Line.Of("hostile iret: entry "u8).Answer(Stubs.Call(Hypercall.CallbackOp, (ulong)CallbackCommand.Register, (ulong)&entry, 0, 0))
            .Text(" read only "u8).Answer(Kernel.Remap(page, (frame * PageBytes) | 0x65))
            .Text(" descriptors "u8).Answer(Stubs.Call(Hypercall.SetGdt, (ulong)&frame, 512, 0, 0)).Print();
        LoadData(OwnSelector);
        Line.Of("hostile iret: none "u8).Answer(Stubs.Call(Hypercall.SetGdt, 0, 0, 0, 0)).Print();
        while (true)
        {
            Kernel.Yield();
        }
    }

    [RuntimeExport("hostile_on_failsafe")]
    private static void OnFailsafe(ulong ds)
    {
        Line.Of("hostile iret: failsafe, ds "u8).Hex(ds & 0xffff).Print();
        Kernel.Shutdown(ShutdownReason.PowerOff);
    }

    [RuntimeImport("hostile_load_ds")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void LoadData(ushort selector);

    [RuntimeImport("hostile_failsafe")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Failsafe();
}
