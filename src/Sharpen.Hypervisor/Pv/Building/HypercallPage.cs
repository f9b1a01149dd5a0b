using System;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>The page of calls that a kernel asks for: 128 pieces of code, 32 bytes each. Source: <c>arch-x86/xen-x86_64.h</c>.</summary>
internal static class HypercallPage
{
    /// <summary>How many calls a page has.</summary>
    internal const int Count = 128;

    /// <summary>Bytes from one call to the next.</summary>
    internal const int Stride = 32;

    private const int IretNumber = 23;
    private const int NumberAt = 4;
    private const byte Breakpoint = 0xcc;

    /// <summary>push rcx; push r11; mov number, eax; syscall; pop r11; pop rcx; ret. rcx and r11 are syscall's own.</summary>
    private static ReadOnlySpan<byte> Call => [0x51, 0x41, 0x53, 0xb8, 0, 0, 0, 0, 0x0f, 0x05, 0x41, 0x5b, 0x59, 0xc3];

    /// <summary>push rcx; push r11; push rax; mov number, eax; syscall: the frame of iret, which does not come back.</summary>
    private static ReadOnlySpan<byte> Iret => [0x51, 0x41, 0x53, 0x50, 0xb8, IretNumber, 0, 0, 0, 0x0f, 0x05];

    /// <summary>Writes all of a page.</summary>
    internal static void Fill(Span<byte> page)
    {
        for (int number = 0; number < Count; number++)
        {
            Write(number, page.Slice(number * Stride, Stride));
        }
    }

    /// <summary>Writes the code of one call.</summary>
    /// <param name="number">Below <see cref="Count"/>.</param>
    /// <param name="code"><see cref="Stride"/> bytes.</param>
    internal static void Write(int number, Span<byte> code)
    {
        code.Fill(Breakpoint);
        if (number == IretNumber)
        {
            Iret.CopyTo(code);
        }
        else
        {
            Call.CopyTo(code);
            code[NumberAt] = (byte)number;
        }
    }
}
