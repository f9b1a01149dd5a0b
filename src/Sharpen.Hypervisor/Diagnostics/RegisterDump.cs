using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Diagnostics;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Diagnostics;

/// <summary>What the executing CPU was doing when it was interrupted: registers, code, stack, and who called whom.</summary>
internal static class RegisterDump
{
    private const int CodeBefore = 16;
    private const int CodeAfter = 16;

    /// <summary>Prints everything. Runs in NMI context too: touches nothing but the interrupted stack, the image's code and the console.</summary>
    internal static void Print(in CpuUserRegisters registers)
    {
        Log.Report($"----[ Sharpen  x86_64  {Processor.Id} ]----");
        PrintPlace(in registers);
        Three("rax", registers.Rax, "rbx", registers.Rbx, "rcx", registers.Rcx);
        Three("rdx", registers.Rdx, "rsi", registers.Rsi, "rdi", registers.Rdi);
        Three("rbp", registers.Rbp, "rsp", registers.Rsp, "r8 ", registers.R8);
        Three("r9 ", registers.R9, "r10", registers.R10, "r11", registers.R11);
        Three("r12", registers.R12, "r13", registers.R13, "r14", registers.R14);
        Three("r15", registers.R15, "cr3", HostTraps.TableRoot, "cr2", HostTraps.FaultAddress);
        PrintCode(registers.Rip);
        StackDump.Print(registers.Rsp);
    }

    private static void PrintPlace(in CpuUserRegisters registers)
    {
        Log.Report($"RIP:    {(ulong)registers.Cs:x}:{CodeText.Instruction(registers.Rip)}");
        Log.Report($"RFLAGS: {registers.Rflags:p}   vector: {registers.EntryVector}   error: {(ulong)registers.ErrorCode:x}   ss: {(ulong)registers.Ss:x}");
    }

    private static void Three(string first, ulong one, string second, ulong two, string third, ulong three) =>
        Log.Report($"{first}: {one:p}   {second}: {two:p}   {third}: {three:p}");

    private static void PrintCode(ulong rip)
    {
        TextLine line = default;
        line.Append("Code around RIP:");
        bool hasAny = false;
        for (int i = -CodeBefore; i < CodeAfter; i++)
        {
            ReadOnlySpan<byte> code = HostStack.Code(unchecked(rip + (ulong)i), 1);
            if (code.IsEmpty)
            {
                continue;
            }

            hasAny = true;
            line.Append(i == 0 ? " <" : " ");
            line.AppendHex(code[0], 2);
            line.Append(i == 0 ? ">" : "");
        }

        if (hasAny)
        {
            Log.Report($"{line.Text}");
        }
    }
}
