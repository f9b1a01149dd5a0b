using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Sharpen.Build.Symbols;

/// <summary>Writes the table that Sharpen.Hypervisor.Diagnostics.SymbolTable reads and describes.</summary>
internal sealed class TableWriter
{
    private const uint Magic = 0x314d5953;
    private const int HeaderBytes = 24;

    private readonly MemoryStream _functions = new();
    private readonly MemoryStream _details = new();
    private readonly MemoryStream _strings = new();
    private readonly Dictionary<string, uint> _offsets = [];

    private TableWriter() => Text("");

    /// <summary>The table's bytes.</summary>
    /// <param name="start">Address of the image's first byte.</param>
    /// <param name="end">Address after its last byte of code.</param>
    /// <param name="functions">Sorted by address, one for each address.</param>
    /// <param name="lines">Sorted by address.</param>
    public static byte[] Write(ulong start, ulong end, IReadOnlyList<CodeSymbol> functions, IReadOnlyList<LineRow> lines)
    {
        TableWriter writer = new();
        int row = 0;
        for (int index = 0; index < functions.Count; index++)
        {
            ulong next = index + 1 < functions.Count ? functions[index + 1].Address : end;
            List<LineRow> own = [];
            for (; row < lines.Count && lines[row].Address < next; row++)
            {
                if (lines[row].Address >= functions[index].Address)
                {
                    own.Add(lines[row]);
                }
            }

            writer.Add(functions[index], start, own);
        }

        return writer.Finish(checked((uint)(end - start)));
    }

    private void Add(in CodeSymbol function, ulong start, List<LineRow> rows)
    {
        Word(_functions, checked((uint)(function.Address - start)));
        Word(_functions, (uint)_details.Length);
        string file = rows.Count == 0 ? "" : rows[0].File;
        uint line = rows.Count == 0 ? 0 : rows[0].Line;
        Number(Text(function.Type));
        Number(Text(function.Method));
        Number(Text(file));
        Number(line);
        List<LineRow> steps = Steps(rows, file, line);
        Number((uint)steps.Count);
        ulong at = function.Address;
        foreach (LineRow step in steps)
        {
            Number((uint)(step.Address - at));
            Number(step.Line >= line ? (step.Line - line) << 1 : ((line - step.Line) << 1) | 1);
            (at, line) = (step.Address, step.Line);
        }
    }

    /// <summary>Where the line changes. Of several rows at one address the last holds; rows of another file are left out.</summary>
    private static List<LineRow> Steps(List<LineRow> rows, string file, uint line)
    {
        List<LineRow> steps = [];
        foreach (LineRow row in rows.Where(row => row.File == file).GroupBy(static row => row.Address).Select(static group => group.Last()))
        {
            if (row.Line != line)
            {
                steps.Add(row);
                line = row.Line;
            }
        }

        return steps;
    }

    private byte[] Finish(uint codeBytes)
    {
        MemoryStream table = new(HeaderBytes);
        Word(table, Magic);
        Word(table, (uint)_functions.Length / 8);
        Word(table, (uint)_details.Length);
        Word(table, (uint)_strings.Length);
        Word(table, codeBytes);
        Word(table, 0);
        _functions.WriteTo(table);
        _details.WriteTo(table);
        _strings.WriteTo(table);
        return table.ToArray();
    }

    private uint Text(string text)
    {
        if (!_offsets.TryGetValue(text, out uint offset))
        {
            offset = (uint)_strings.Length;
            _offsets.Add(text, offset);
            _strings.Write(Encoding.UTF8.GetBytes(text));
            _strings.WriteByte(0);
        }

        return offset;
    }

    private void Number(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _details.WriteByte((byte)((value & 0x7f) | 0x80));
        }

        _details.WriteByte((byte)value);
    }

    private static void Word(MemoryStream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
