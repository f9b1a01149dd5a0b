using System;
using System.Buffers.Binary;
using System.Numerics;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// The x86 filter of xz: before packing, the relative targets of CALL and JMP were made absolute, so that calls of one function look the
/// same. This makes them relative again. Source: the .xz format's description of the BCJ x86 filter.
/// </summary>
internal static class X86Branches
{
    private const byte Call = 0xe8;
    private const int OperandBytes = 4;

    /// <summary>Undoes the filter in place, on the whole of a block.</summary>
    /// <param name="code">The block.</param>
    /// <param name="start">The address its first byte was given when it was packed.</param>
    internal static void Undo(Span<byte> code, uint start)
    {
        unchecked
        {
            int end = code.Length - OperandBytes;
            int last = -1;                  // where the latest opcode byte stood
            uint suspicious = 0;            // which of the three bytes before are opcode bytes that were left alone
            for (int at = Next(code, 0, end); at < end; at = Next(code, at + 1, end))
            {
                int apart = at - last;
                last = at;
                suspicious = apart > 3 ? 0 : (suspicious << (apart - 1)) & 7;
                int overlap = 64 - BitOperations.LeadingZeroCount((ulong)suspicious);
                bool isRefused = suspicious != 0 && (suspicious is 3 or > 4 || IsSign(code[at + OperandBytes - overlap]));
                if (isRefused || !IsSign(code[at + OperandBytes]))
                {
                    suspicious = (suspicious << 1) | 1;
                    continue;
                }

                Span<byte> operand = code.Slice(at + 1, OperandBytes);
                BinaryPrimitives.WriteUInt32LittleEndian(operand, Relative(BinaryPrimitives.ReadUInt32LittleEndian(operand), start + (uint)at + 5, overlap));
                at += OperandBytes;
            }
        }
    }

    // Targets within 16 MiB only: the highest byte is a sign.
    private static bool IsSign(byte value) => value is 0x00 or 0xff;

    private static uint Relative(uint target, uint next, int overlap)
    {
        unchecked
        {
            uint relative = target - next;
            int shift = 8 * (3 - overlap);
            if (overlap != 0 && IsSign((byte)(relative >> shift)))
            {
                relative = (relative ^ ((0x100u << shift) - 1)) - next;
            }

            relative &= 0x01ffffff;
            return relative | (0 - (relative & 0x01000000));
        }
    }

    /// <summary>The next CALL or JMP opcode (E8, E9) from a place on, or the end.</summary>
    private static int Next(ReadOnlySpan<byte> code, int at, int end) => at >= end ? at : at + Words.IndexOfPair(code.Slice(at, end - at), Call);
}
