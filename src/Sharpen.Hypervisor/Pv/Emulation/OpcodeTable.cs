using System;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>How each opcode continues, for those that are emulated. Source: AMD APM volume 3, appendix A.</summary>
internal static class OpcodeTable
{
    private const byte P = (byte)OpcodeFormat.Plain;
    private const byte M = (byte)OpcodeFormat.ModRm;
    private const byte B = (byte)(OpcodeFormat.Plain | OpcodeFormat.Byte);
    private const byte I = (byte)(OpcodeFormat.Plain | OpcodeFormat.ImmediateByte);
    private const byte J = (byte)(OpcodeFormat.Plain | OpcodeFormat.ImmediateByte | OpcodeFormat.Byte);
    private const byte A = (byte)(OpcodeFormat.Plain | OpcodeFormat.Address);
    private const byte C = (byte)(OpcodeFormat.Plain | OpcodeFormat.Address | OpcodeFormat.Byte);
    private const byte G = (byte)(OpcodeFormat.ModRm | OpcodeFormat.Byte);
    private const byte K = (byte)(OpcodeFormat.ModRm | OpcodeFormat.Lockable);
    private const byte L = (byte)(OpcodeFormat.ModRm | OpcodeFormat.Byte | OpcodeFormat.Lockable);
    private const byte X = (byte)(OpcodeFormat.ModRm | OpcodeFormat.ImmediateOperand);
    private const byte Y = (byte)(OpcodeFormat.ModRm | OpcodeFormat.ImmediateByte | OpcodeFormat.Byte);
    private const byte Q = (byte)(OpcodeFormat.ModRm | OpcodeFormat.ImmediateOperand | OpcodeFormat.Lockable);
    private const byte R = (byte)(OpcodeFormat.ModRm | OpcodeFormat.ImmediateByte | OpcodeFormat.Lockable);
    private const byte S = (byte)(OpcodeFormat.ModRm | OpcodeFormat.ImmediateByte | OpcodeFormat.Byte | OpcodeFormat.Lockable);

    private static ReadOnlySpan<byte> OneByte =>
    [
        L, K, 0, 0, 0, 0, 0, 0, L, K, 0, 0, 0, 0, 0, 0,     // 00: add, or
        L, K, 0, 0, 0, 0, 0, 0, L, K, 0, 0, 0, 0, 0, 0,     // 10: adc, sbb
        L, K, 0, 0, 0, 0, 0, 0, L, K, 0, 0, 0, 0, 0, 0,     // 20: and, sub
        L, K, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 30: xor
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 40
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 50
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, B, P, B, P,     // 60: ins, outs
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 70
        S, Q, 0, R, 0, 0, L, K, G, M, 0, 0, 0, 0, 0, 0,     // 80: arithmetic with an immediate, xchg, mov
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 90
        0, 0, C, A, B, P, 0, 0, 0, 0, B, P, 0, 0, 0, 0,     // a0: mov to an address, movs, stos
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // b0
        0, 0, 0, 0, 0, 0, Y, X, 0, 0, 0, 0, 0, 0, 0, 0,     // c0: mov of an immediate
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // d0
        0, 0, 0, 0, J, I, J, I, 0, 0, 0, 0, B, P, B, P,     // e0: in, out
        0, 0, 0, 0, P, 0, L, K, 0, 0, P, P, 0, 0, L, K,     // f0: hlt, not and neg, cli, sti, inc and dec
    ];

    private static ReadOnlySpan<byte> TwoByte =>
    [
        0, M, 0, 0, 0, 0, P, 0, P, P, 0, 0, 0, 0, 0, 0,     // 00: the system group, clts, invd, wbinvd
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 10
        M, M, M, M, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 20: control and debug registers
        P, P, P, P, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 30: wrmsr, rdtsc, rdmsr, rdpmc
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 40
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 50
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 60
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 70
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 80
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // 90
        0, 0, P, 0, 0, 0, 0, 0, 0, 0, 0, K, 0, 0, 0, 0,     // a0: cpuid, bts
        L, K, 0, K, 0, 0, 0, 0, 0, 0, R, K, 0, 0, 0, 0,     // b0: cmpxchg, btr, bit group, btc
        L, K, 0, M, 0, 0, 0, K, 0, 0, 0, 0, 0, 0, 0, 0,     // c0: xadd, movnti, cmpxchg8b
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // d0
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // e0
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     // f0
    ];

    /// <summary>How an opcode goes on.</summary>
    internal static OpcodeFormat Of(byte opcode, bool isTwoByte) => (OpcodeFormat)(isTwoByte ? TwoByte : OneByte)[opcode];
}
