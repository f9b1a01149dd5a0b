using System;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Diagnostics;

namespace Sharpen.Hypervisor.Diagnostics;

/// <summary>
/// A stack as words, and the calls that it holds. Small methods keep no frame pointer, so calls are found by looking: a word that points just
/// behind a call instruction of the image is taken for a return address. Such a word may be left over from an earlier call: a trace may name
/// too much, never too little.
/// </summary>
internal static class StackDump
{
    private const int WordBytes = 8;
    private const int WordsPerLine = 4;
    private const int MaxLines = 8;
    private const int MaxCalls = 32;
    private const int LongestCall = 7;

    /// <summary>Prints the stack from a pointer on; says so when it points into no stack of ours.</summary>
    internal static void Print(ulong stackPointer)
    {
        ByteFields stack = new(HostStack.From(stackPointer));
        if (stack.Length == 0)
        {
            Log.Report($"rsp points into no stack of this CPU");
            return;
        }

        Log.Report($"Stack from rsp {stackPointer:p}:");
        for (int line = 0; line < MaxLines && stack.Has(line * WordsPerLine * WordBytes, WordBytes); line++)
        {
            PrintLine(in stack, line * WordsPerLine * WordBytes);
        }

        Log.Report($"Call trace:");
        int calls = 0;
        for (int at = 0; calls < MaxCalls && TryNextCall(in stack, ref at, out ulong call); at += WordBytes)
        {
            Log.Report($"   {CodeText.Return(call)}");
            calls++;
        }
    }

    /// <summary>Where a check failed: the innermost call that does not only report the failure. 0 when there is none.</summary>
    internal static ulong FindCulprit(ulong stackPointer)
    {
        ByteFields stack = new(HostStack.From(stackPointer));
        for (int at = 0; TryNextCall(in stack, ref at, out ulong call); at += WordBytes)
        {
            if (CodeText.TryFind(call, true, out Symbol symbol) && !IsReporter(symbol.Type))
            {
                return call;
            }
        }

        return 0;
    }

    private static bool IsReporter(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("Internal.Runtime.CompilerHelpers.ThrowHelpers"u8) || type.SequenceEqual("Sharpen.Machine.Results.Bug"u8);

    private static bool TryNextCall(in ByteFields stack, ref int at, out ulong call)
    {
        for (; stack.Has(at, WordBytes); at += WordBytes)
        {
            call = stack.U64(at);
            if (IsReturn(call))
            {
                return true;
            }
        }

        call = 0;
        return false;
    }

    private static void PrintLine(in ByteFields stack, int at)
    {
        TextLine line = default;
        line.Append("  ");
        for (int i = 0; i < WordsPerLine && stack.Has(at + (i * WordBytes), WordBytes); i++)
        {
            line.Append(" ");
            line.AppendHex(stack.U64(at + (i * WordBytes)), 16);
        }

        Log.Report($"{line.Text}");
    }

    /// <summary>Behind <c>call rel32</c>, or behind a <c>call</c> through a register or memory, whose forms are 2 to 7 bytes long.</summary>
    /// <remarks>Source: Intel SDM volume 2, CALL: E8 cd, and FF /2.</remarks>
    private static bool IsReturn(ulong word)
    {
        if (word < LongestCall)
        {
            return false;
        }

        ReadOnlySpan<byte> code = HostStack.Code(word - LongestCall, LongestCall);
        if (code.IsEmpty)
        {
            return false;
        }

        if (code[LongestCall - 5] == 0xe8)
        {
            return true;
        }

        for (int length = 2; length <= LongestCall; length++)
        {
            if (code[LongestCall - length] == 0xff && (code[LongestCall - length + 1] & 0x38) == 0x10)
            {
                return true;
            }
        }

        return false;
    }
}
