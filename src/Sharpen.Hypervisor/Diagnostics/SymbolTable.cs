using System;

namespace Sharpen.Hypervisor.Diagnostics;

/// <summary>
/// Names and lines for code addresses, in the form that the build puts into the image. All numbers are little-endian.
/// <list type="bullet">
/// <item>header, six words of 32 bits: <see cref="Magic"/>, functions, bytes of details, bytes of strings, bytes of code, zero;</item>
/// <item>functions, sorted by address: start (bytes from the image's start), offset of its details; 32 bits each;</item>
/// <item>details, LEB128 numbers: type, method and file (offsets of strings), first line, number of steps, then for each step
/// the bytes since the step before and the change of line (zigzag: even is up, odd is down);</item>
/// <item>strings: UTF-8, each ended by a zero byte.</item>
/// </list>
/// A damaged table gives wrong or missing names, never an access outside it: a panic depends on this code.
/// </summary>
public readonly ref struct SymbolTable
{
    /// <summary>"SYM1".</summary>
    public const uint Magic = 0x314d5953;

    private const int HeaderBytes = 24;
    private const int FunctionBytes = 8;

    private readonly ReadOnlySpan<byte> _functions;
    private readonly ReadOnlySpan<byte> _details;
    private readonly ReadOnlySpan<byte> _strings;
    private readonly uint _codeBytes;

    /// <summary>A view of a table; one that is empty or not whole knows no symbol.</summary>
    public SymbolTable(ReadOnlySpan<byte> table)
    {
        ulong functions = (ulong)Word(table, 4) * FunctionBytes;
        uint details = Word(table, 8);
        uint strings = Word(table, 12);
        if (Word(table, 0) == Magic && HeaderBytes + functions + details + strings <= (ulong)table.Length)
        {
            _functions = table.Slice(HeaderBytes, (int)functions);
            _details = table.Slice(HeaderBytes + (int)functions, (int)details);
            _strings = table.Slice(HeaderBytes + (int)functions + (int)details, (int)strings);
            _codeBytes = Word(table, 16);
        }
    }

    /// <summary>Number of functions.</summary>
    public int Count => _functions.Length / FunctionBytes;

    /// <summary>The function and line at an address. A return address is looked up one byte before itself: it may be the next line already.</summary>
    /// <param name="offset">Bytes from the image's start.</param>
    /// <param name="symbol">The function that contains it; empty when the answer is false.</param>
    /// <returns>False when no function of the image contains the address.</returns>
    public bool TryFind(ulong offset, out Symbol symbol)
    {
        symbol = default;
        int function = offset < _codeBytes ? LastNotAfter((uint)offset) : -1;
        if (function < 0)
        {
            return false;
        }

        uint start = Word(_functions, function * FunctionBytes);
        uint details = Word(_functions, (function * FunctionBytes) + 4);
        SymbolReader reader = new(_details, details);
        uint within = (uint)offset - start;
        symbol = new Symbol(Text(reader.Next()), Text(reader.Next()), Text(reader.Next()), Line(ref reader, within), within);
        return true;
    }

    /// <summary>The function of an index below <see cref="Count"/>, in the order of addresses, and where it begins.</summary>
    public Symbol At(int index, out uint start)
    {
        start = Word(_functions, index * FunctionBytes);
        SymbolReader reader = new(_details, Word(_functions, (index * FunctionBytes) + 4));
        return new Symbol(Text(reader.Next()), Text(reader.Next()), Text(reader.Next()), reader.Next(), 0);
    }

    /// <summary>Binary search: the index of the last function that starts at or before the offset, or -1.</summary>
    private int LastNotAfter(uint offset)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (Word(_functions, middle * FunctionBytes) <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private static uint Line(ref SymbolReader reader, uint within)
    {
        uint line = reader.Next();
        uint steps = reader.Next();
        ulong at = 0;
        for (uint step = 0; step < steps && !reader.IsAtEnd; step++)
        {
            at += reader.Next();
            uint change = reader.Next();
            if (at > within)
            {
                break;
            }

            line = unchecked((change & 1) == 0 ? line + (change >> 1) : line - (change >> 1));
        }

        return line;
    }

    private ReadOnlySpan<byte> Text(uint offset)
    {
        if (offset >= (uint)_strings.Length)
        {
            return default;
        }

        ReadOnlySpan<byte> text = _strings.Slice((int)offset);
        int length = 0;
        while (length < text.Length && text[length] != 0)
        {
            length++;
        }

        return text.Slice(0, length);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int offset) =>
        bytes.Length - offset >= 4
            ? bytes[offset] | ((uint)bytes[offset + 1] << 8) | ((uint)bytes[offset + 2] << 16) | ((uint)bytes[offset + 3] << 24)
            : 0;
}
