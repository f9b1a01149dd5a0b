using System;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>The page of calls that a kernel asks for: 128 pieces of code, 32 bytes each. Source: <c>arch-x86/xen-x86_64.h</c>.</summary>
internal static class HypercallPage
{
    private const int Calls = 128;
    private const int BytesPerCall = 32;
    private const int IretNumber = 23;

    private static ReadOnlySpan<byte> Breakpoint => [0xcc];

    /// <summary>push rcx; push r11; mov number, eax; syscall; pop r11; pop rcx; ret. rcx and r11 are syscall's own.</summary>
    private static ReadOnlySpan<byte> Call => [0x51, 0x41, 0x53, 0xb8, 0, 0, 0, 0, 0x0f, 0x05, 0x41, 0x5b, 0x59, 0xc3];

    /// <summary>push rcx; push r11; push rax; mov number, eax; syscall: the frame of iret, which does not come back.</summary>
    private static ReadOnlySpan<byte> Iret => [0x51, 0x41, 0x53, 0x50, 0xb8, IretNumber, 0, 0, 0, 0x0f, 0x05];

    /// <summary>Fills a page.</summary>
    internal static void Fill(Span<byte> page)
    {
        page.Fill(Breakpoint[0]);
        for (int number = 0; number < Calls; number++)
        {
            Span<byte> place = page.Slice(number * BytesPerCall, BytesPerCall);
            if (number == IretNumber)
            {
                Iret.CopyTo(place);
            }
            else
            {
                Call.CopyTo(place);
                place[4] = (byte)number;
            }
        }
    }
}
