using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Runs a program in user mode: with descriptor tables of its own, system calls, faults, and returns that the CPU refuses.</summary>
internal static unsafe class Program
{
    private const ulong Base = 0xffff_ffff_8000_0000;
    private const ulong PageBytes = 4096;
    private const ulong ReadOnly = 0x65;
    private const ulong FlushHere = 2;
    private const ulong Self = 0x7ff0;
    private const ulong UserCode = 0x00affb000000ffff;
    private const ulong UserData = 0x00cff3000000ffff;
    private const uint SystemCallFlag = 256;
    private const ulong LocalEntries = 1024;
    private const ulong WriteBreakpoint = 0x9_0001;
    private const ulong TimeStampDisable = 4;

    private static ulong s_free;
    private static ulong s_kernelWord;
    private static ulong s_userWord;

    internal static void Main()
    {
        s_free = Boot.Info->PageTableBase + ((Boot.Info->PageTableFrames + 8) * PageBytes);
        SetTables();
        SetEntries();
        fixed (ulong* kernel = &s_kernelWord, user = &s_userWord)
        {
            *kernel = 7;
            *user = 8;
            Say("base of gs for the kernel"u8, Stubs.Call(Hypercall.SetSegmentBase, (ulong)SegmentBase.GsKernel, (ulong)kernel, 0, 0));
            Say("base of gs for user code"u8, Stubs.Call(Hypercall.SetSegmentBase, (ulong)SegmentBase.GsUser, (ulong)user, 0, 0));
        }

        Say("user root"u8, Extended(MmuExtendedCommand.NewUserBasePointer, FrameOf(Boot.Info->PageTableBase), 0));
        Say("stack"u8, Stubs.Call(Hypercall.StackSwitch, 0x18, Page(5) - 64, 0, 0));
        IretContext frame = new() { Rip = (ulong)(delegate*<void>)&UserProgram, Cs = 0x33, Rflags = 0x202, Rsp = Page(3), Ss = 0x2b };
        Stubs.RawIret(&frame);
    }

    /// <summary>Exceptions of the kernel are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;

    private static void SetTables()
    {
        ulong* gdt = (ulong*)Page(0);
        gdt[2] = UserCode & ~(3UL << 45);
        gdt[3] = UserData & ~(3UL << 45);
        gdt[5] = UserData;
        gdt[6] = UserCode;
        ulong frame = FrameOf(Page(0));
        Say("set_gdt of a frame that is mapped writable"u8, Stubs.Call(Hypercall.SetGdt, (ulong)&frame, 16, 0, 0));
        Protect(Page(0));
        gdt = (ulong*)Page(0);
        Say("set_gdt"u8, Stubs.Call(Hypercall.SetGdt, (ulong)&frame, 16, 0, 0));
        Say("set_gdt of too much"u8, Stubs.Call(Hypercall.SetGdt, (ulong)&frame, 7169, 0, 0));
        Line.Of("user mode: kernel code became "u8).Hex(gdt[2]).Print();
        Say("descriptor"u8, Stubs.Call(Hypercall.UpdateDescriptor, (frame * PageBytes) + (7 * 8), UserData, 0, 0));
        Say("call gate"u8, Stubs.Call(Hypercall.UpdateDescriptor, (frame * PageBytes) + (7 * 8), 0x0000_ec00_0008_0000, 0, 0));
        Say("task state"u8, Stubs.Call(Hypercall.UpdateDescriptor, (frame * PageBytes) + (7 * 8), 0x0000_8900_0000_0067, 0, 0));
        Say("between two"u8, Stubs.Call(Hypercall.UpdateDescriptor, (frame * PageBytes) + 4, UserData, 0, 0));
        Say("a page table"u8, Stubs.Call(Hypercall.UpdateDescriptor, FrameOf(Boot.Info->PageTableBase) * PageBytes, UserData, 0, 0));
        ((ulong*)Page(1))[1] = UserData;
        Protect(Page(1));
        Say("set_ldt"u8, Extended(MmuExtendedCommand.SetLdt, Page(1), LocalEntries));
        Say("set_ldt of too much"u8, Extended(MmuExtendedCommand.SetLdt, Page(1), 8193));
        Say("set_ldt at an odd place"u8, Extended(MmuExtendedCommand.SetLdt, Page(1) + 8, 1));
    }

    private static void SetEntries()
    {
        TrapTable table = default;
        TrapInfo* traps = (TrapInfo*)&table;
        traps[0] = Trap(1, (delegate*<void>)&Trap1, 0);
        traps[1] = Trap(3, (delegate*<void>)&Trap3, 3);
        traps[2] = Trap(6, (delegate*<void>)&Trap6, 0);
        traps[3] = Trap(7, (delegate*<void>)&Trap7, 0);
        traps[4] = Trap(11, (delegate*<void>)&Trap11, 0);
        traps[5] = Trap(13, (delegate*<void>)&Trap13, 0);
        traps[6] = Trap(14, (delegate*<void>)&Trap14, 0);
        Stubs.Call(Hypercall.SetTrapTable, (ulong)traps, 0, 0, 0);
        CallbackRegister entry = new() { Type = CallbackType.Syscall, Flags = CallbackFlags.MaskEvents, Address = (ulong)(delegate*<void>)&UserCall };
        Say("syscall entry"u8, Stubs.Call(Hypercall.CallbackOp, (ulong)CallbackCommand.Register, (ulong)&entry, 0, 0));
    }

    private static TrapInfo Trap(byte vector, delegate*<void> address, byte ring) =>
        new() { Vector = vector, Flags = (byte)(ring | 4), Cs = (ushort)FlatSelector.UserCode64, Address = (ulong)address };

    [RuntimeExport("user_event")]
    private static void OnEvent(uint vector, ulong* frame)
    {
        Line line = Line.Of("user mode: vector "u8).Number(vector).Text(" error "u8).Hex(frame[0]).Text(" cs "u8).Hex(frame[2] & 0xffff);
        line.Text(" ss "u8).Hex(frame[5]).Print();
        if (vector == 1)
        {
            Line.Of("user mode: status "u8).Hex((ulong)Stubs.Call(Hypercall.GetDebugRegister, 6, 0, 0, 0)).Print();
        }
    }

    [RuntimeExport("user_asks")]
    private static void OnCall(uint number, ulong* frame, ulong argument)
    {
        Line.Of("user mode: call "u8).Number(number).Text(" with "u8).Hex(argument).Text(" cs "u8).Hex(frame[2] & 0xffff).Print();
        switch (number)
        {
            case 0:
                Line.Of("user mode: done"u8).Print();
                Kernel.Shutdown(ShutdownReason.PowerOff);
                break;
            case 4:
                frame[0] &= ~(ulong)SystemCallFlag;
                frame[2] = 0x2b;
                break;
            case 5:
                frame[0] &= ~(ulong)SystemCallFlag;
                frame[1] = 0x1234_5678_9abc_def0;
                break;
            case 6:
                Say("selector of gs"u8, Stubs.Call(Hypercall.SetSegmentBase, (ulong)SegmentBase.GsUserSelector, 0x2b, 0, 0));
                Rest();
                break;
            case 7:
                Say("task switched"u8, Stubs.Call(Hypercall.FpuTaskSwitch, 1, 0, 0, 0));
                break;
            case 8:
                Say("breakpoint of ours"u8, Stubs.Call(Hypercall.SetDebugRegister, 0, 0xffff_8300_0000_0000, 0, 0));
                Say("trap on access"u8, Stubs.Call(Hypercall.SetDebugRegister, 7, 0x2000, 0, 0));
                Say("no such register"u8, Stubs.Call(Hypercall.SetDebugRegister, 8, 0, 0, 0));
                Say("breakpoint"u8, Stubs.Call(Hypercall.SetDebugRegister, 0, Page(3) - 64, 0, 0));
                Say("armed"u8, Stubs.Call(Hypercall.SetDebugRegister, 7, WriteBreakpoint, 0, 0));
                break;
            case 9:
                HitInCopy();
                break;
            case 10:
                Say("time passes in the kernel"u8, Time(TimeStampDisable, ulong.MaxValue) != 0 ? 1 : 0);
                break;
            case 11:
                Say("time passes in the kernel"u8, Time(0, ~TimeStampDisable) != 0 ? 1 : 0);
                break;
        }
    }

    // The hypervisor writes where the breakpoint is, on our behalf.
    private static void HitInCopy()
    {
        Stubs.Call(Hypercall.SetDebugRegister, 6, 0, 0, 0);
        long answer = Stubs.Call(Hypercall.VcpuOp, (ulong)VcpuCommand.GetRunstateInfo, 0, Page(3) - 64, 0);
        Stubs.Call(Hypercall.SetDebugRegister, 7, 0, 0, 0);
        Say("written where the breakpoint is"u8, answer);
    }

    private static void Rest()
    {
        for (int turn = 0; turn < 10; turn++)
        {
            Kernel.Yield();
        }
    }

    private static ulong Page(ulong number) => s_free + (number * PageBytes);

    private static ulong FrameOf(ulong address) => ((ulong*)Boot.Info->MfnList)[(address - Base) / PageBytes];

    private static void Protect(ulong page) =>
        Say("read only"u8, Stubs.Call(Hypercall.UpdateVaMapping, page, (FrameOf(page) * PageBytes) | ReadOnly, FlushHere, 0));

    private static long Extended(MmuExtendedCommand command, ulong first, ulong second)
    {
        MmuExtendedOp operation = new() { Command = command, First = first, Second = second };
        return Stubs.Call(Hypercall.MmuExtendedOp, (ulong)&operation, 1, 0, Self);
    }

    private static void Say(ReadOnlySpan<byte> what, long answer)
    {
        Line line = Line.Of("user mode: "u8).Text(what).Text(" "u8);
        (answer < 0 ? line.Text("-"u8).Number((ulong)-answer) : line.Number((ulong)answer)).Print();
    }

    [RuntimeImport("user_program")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void UserProgram();

    [RuntimeImport("user_call")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void UserCall();

    [RuntimeImport("user_time")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern uint Time(ulong set, ulong keep);

    [RuntimeImport("user_trap_1")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Trap1();

    [RuntimeImport("user_trap_3")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Trap3();

    [RuntimeImport("user_trap_6")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Trap6();

    [RuntimeImport("user_trap_7")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Trap7();

    [RuntimeImport("user_trap_11")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Trap11();

    [RuntimeImport("user_trap_13")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Trap13();

    [RuntimeImport("user_trap_14")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Trap14();

    [InlineArray(8)]
    private struct TrapTable
    {
        private TrapInfo _first;
    }
}
