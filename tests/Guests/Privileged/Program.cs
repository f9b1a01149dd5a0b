using System;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Tries what only ring 0 may do, and says what came of it; <c>registers=1</c> lists every model-specific register that there is.</summary>
internal static class Program
{
    private const uint SetIoPrivilege = 6;

    internal static void Main()
    {
        Attempt.Install();
        Leaves();
        Instructions();
        Ports();
        if (Boot.Number("registers="u8, 0) != 0)
        {
            Registers(0, 0x1000);
            Registers(0x40000000, 0x40000100);
            Registers(0xc0000000, 0xc0001000);
            Registers(0xc0010000, 0xc0011100);
            Writes();
        }

        Line.Of("privileged: done"u8).Print();
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;

    private static void Leaves()
    {
        for (uint leaf = 0; leaf < 0x10; leaf++)
        {
            Leaf(leaf, 0);
        }

        Leaf(4, 1);
        Leaf(7, 1);
        Leaf(7, 2);
        Leaf(0xb, 1);
        Leaf(0xd, 1);
        Leaf(0xd, 2);
        for (uint leaf = 0x40000000; leaf < 0x40000007; leaf++)
        {
            Leaf(leaf, 0);
        }

        Leaf(0x40000003, 1);
        Leaf(0x40000003, 2);
        Leaf(0x40000100, 0);
        for (uint leaf = 0x80000000; leaf < 0x80000022; leaf++)
        {
            Leaf(leaf, 0);
        }
    }

    private static void Leaf(uint leaf, uint subleaf)
    {
        Guest.Registers registers = new() { Rax = leaf, Rcx = subleaf };
        uint vector = Attempt.Execute([0x0f, 0x0b, 0x78, 0x65, 0x6e, 0x0f, 0xa2], ref registers);
        if (vector != 0 || (registers.Rax | registers.Rbx | registers.Rcx | registers.Rdx) != 0)
        {
            Line.Of("cpuid "u8).Hex(leaf).Text(" "u8).Number(subleaf).Text(": "u8).Hex(registers.Rax).Text(" "u8).Hex(registers.Rbx)
                .Text(" "u8).Hex(registers.Rcx).Text(" "u8).Hex(registers.Rdx).Text(" exception "u8).Number(vector).Print();
        }
    }

    private static void Instructions()
    {
        Say("read cr0"u8, [0x0f, 0x20, 0xc0], 0);
        Say("read cr2"u8, [0x0f, 0x20, 0xd0], 0);
        Say("read cr4"u8, [0x0f, 0x20, 0xe0], 0);
        Say("read cr8"u8, [0x44, 0x0f, 0x20, 0xc0], 0);
        Say("write cr0 80050033"u8, [0x0f, 0x22, 0xc0], 0x80050033);
        Say("write cr0 8005003b, read, clts"u8, [0x0f, 0x22, 0xc0, 0x0f, 0x20, 0xc0, 0x0f, 0x06], 0x8005003b);
        Say("clts"u8, [0x0f, 0x06], 0);
        Say("read cr0"u8, [0x0f, 0x20, 0xc0], 0);
        Say("write cr0 33"u8, [0x0f, 0x22, 0xc0], 0x33);
        Say("write cr2"u8, [0x0f, 0x22, 0xd0], 0x1234);
        Say("read cr2"u8, [0x0f, 0x20, 0xd0], 0);
        Say("write cr4 all"u8, [0x0f, 0x22, 0xe0], ulong.MaxValue);
        Say("read cr4"u8, [0x0f, 0x20, 0xe0], 0);
        Say("write cr4 7ff"u8, [0x0f, 0x22, 0xe0], 0x7ff);
        Say("read cr4"u8, [0x0f, 0x20, 0xe0], 0);
        Say("write cr4 0"u8, [0x0f, 0x22, 0xe0], 0);
        Say("read cr4"u8, [0x0f, 0x20, 0xe0], 0);
        Say("write cr8"u8, [0x44, 0x0f, 0x22, 0xc0], 0);
        Say("smsw"u8, [0x0f, 0x01, 0xe0], 0);
        Say("lmsw"u8, [0x0f, 0x01, 0xf0], 0x3b);
        Say("wbinvd"u8, [0x0f, 0x09], 0);
        Say("invd"u8, [0x0f, 0x08], 0);
        Say("invlpg"u8, [0x0f, 0x01, 0x3b], 0);
        Say("rdtscp"u8, [0x0f, 0x01, 0xf9], 0);
        Say("rdpmc"u8, [0x0f, 0x33], 0);
        Say("xgetbv"u8, [0x0f, 0x01, 0xd0], 0);
        Say("xsetbv"u8, [0x0f, 0x01, 0xd1], 3);
        Say("cli"u8, [0xfa], 0);
        Say("hlt"u8, [0xf4], 0);
        Say("read dr7"u8, [0x0f, 0x21, 0xf8], 0);
        Say("read dr6"u8, [0x0f, 0x21, 0xf0], 0);
        Say("read dr4"u8, [0x0f, 0x21, 0xe0], 0);
        Say("write dr7"u8, [0x0f, 0x23, 0xf8], 0x400);
        Say("write dr0"u8, [0x0f, 0x23, 0xc0], 0x1234);
        Say("read dr0"u8, [0x0f, 0x21, 0xc0], 0);
        Say("swapgs"u8, [0x0f, 0x01, 0xf8], 0);
        Say("lock cpuid"u8, [0x0f, 0x0b, 0x78, 0x65, 0x6e, 0xf0, 0x0f, 0xa2], 0);
        Say("prefixed forced cpuid"u8, [0x0f, 0x0b, 0x78, 0x65, 0x6e, 0x66, 0x48, 0x0f, 0xa2], 0);
        Say("forced rdtsc"u8, [0x0f, 0x0b, 0x78, 0x65, 0x6e, 0x0f, 0x31], 0);
        Say("in 80 without privilege"u8, [0xe4, 0x80], 0);
    }

    private static unsafe void Ports()
    {
        uint level = 1;
        long answer = Stubs.Call(Hypercall.PhysicalDeviceOp, SetIoPrivilege, (ulong)&level, 0, 0);
        Line.Of("set iopl 1: "u8).Number((ulong)-answer).Print();
        Say("cli"u8, [0xfa], 0);
        Say("sti"u8, [0xfb], 0);
        ReadOnlySpan<byte> ports = [0x20, 0x21, 0x40, 0x42, 0x43, 0x60, 0x61, 0x64, 0x70, 0x71, 0x80, 0x92, 0xa1];
        for (int index = 0; index < ports.Length; index++)
        {
            Port(ports[index]);
        }

        Port(0x3fd);
        Port(0x2fd);
        Port(0x4d0);
        Port(0x505);
        Port(0x604);
        Port(0x608);
        Port(0xcf8);
        Port(0xcf9);
        Port(0xcfc);
        Line.Of("in 32 of cf8: "u8).Hex(In32(0xcf8)).Print();
        Guest.Registers registers = new() { Rax = 0x80000000, Rdx = 0xcf8 };
        Attempt.Execute([0xef], ref registers);
        Line.Of("in 32 of cf8: "u8).Hex(In32(0xcf8)).Text(", of cfc: "u8).Hex(In32(0xcfc)).Print();
    }

    private static uint In32(ushort port)
    {
        Guest.Registers registers = new() { Rdx = port };
        Attempt.Execute([0xed], ref registers);
        return unchecked((uint)registers.Rax);
    }

    private static void Port(ushort port)
    {
        Guest.Registers registers = new() { Rdx = port };
        uint vector = Attempt.Execute([0xec], ref registers);
        Line.Of("in 8 of "u8).Hex(port).Text(": "u8).Hex(registers.Rax).Text(" exception "u8).Number(vector).Print();
    }

    private static void Say(ReadOnlySpan<byte> name, ReadOnlySpan<byte> code, ulong rax)
    {
        Guest.Registers registers = new() { Rax = rax };
        uint vector = Attempt.Execute(code, ref registers);
        Line.Of(name).Text(": "u8).Hex(registers.Rax).Text(" exception "u8).Number(vector).Print();
    }

    private static void Registers(uint from, uint to)
    {
        for (uint number = from; number < to; number++)
        {
            Guest.Registers registers = new() { Rcx = number };
            if (Attempt.Execute([0x0f, 0x32], ref registers) == 0)
            {
                Line.Of("msr "u8).Hex(number).Text(": "u8).Hex(registers.Rax | (registers.Rdx << 32)).Print();
            }
        }
    }

    private static void Writes()
    {
        WriteBack(0, 0x1000);
        WriteBack(0xc0000080, 0xc0000110);
        WriteBack(0xc0010000, 0xc0011100);
    }

    // What was read, or zero.
    private static void WriteBack(uint from, uint to)
    {
        for (uint number = from; number < to; number++)
        {
            Guest.Registers registers = new() { Rcx = number };
            uint readable = Attempt.Execute([0x0f, 0x32], ref registers);
            registers.Rcx = number;
            if (Attempt.Execute([0x0f, 0x30], ref registers) == 0)
            {
                Line.Of("msr "u8).Hex(number).Text(readable == 0 ? " takes its value"u8 : " takes zero"u8).Print();
            }
        }
    }
}
