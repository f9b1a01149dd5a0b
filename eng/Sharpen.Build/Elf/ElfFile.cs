using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Sharpen.Build.Elf;

/// <summary>Sections and symbols of a little-endian ELF64 object or image. Source: System V ABI, chapter 4, and its AMD64 supplement.</summary>
internal sealed class ElfFile
{
    private const uint SymbolTable = 2;
    private const int SymbolBytes = 24;
    private readonly string _path;
    private readonly byte[] _file;

    /// <summary>Reads the whole file.</summary>
    public ElfFile(string path)
    {
        _path = path;
        _file = File.Exists(path) ? File.ReadAllBytes(path) : throw new BuildFailure($"{path} does not exist");
        if (_file.Length < 64 || !_file.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
        {
            throw new BuildFailure($"{path} is not a little-endian ELF64 file");
        }

        Sections = ReadSections();
        Symbols = ReadSymbols();
    }

    /// <summary>In file order; the first is the null section.</summary>
    public IReadOnlyList<ElfSection> Sections { get; }

    /// <summary>In file order.</summary>
    public IReadOnlyList<ElfSymbol> Symbols { get; }

    /// <summary>The address of a symbol of an image.</summary>
    public ulong AddressOf(string name) =>
        Symbols.FirstOrDefault(symbol => symbol.Name == name) is { Name: not null } found ? found.Value : throw new BuildFailure($"{_path} defines no {name}");

    private ReadOnlySpan<byte> At(ulong offset, ulong bytes) =>
        offset <= (ulong)_file.Length && bytes <= (ulong)_file.Length - offset
            ? _file.AsSpan((int)offset, (int)bytes)
            : throw new BuildFailure($"{_path} is truncated");

    private List<ElfSection> ReadSections()
    {
        ReadOnlySpan<byte> header = At(0, 64);
        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(header[40..]);
        int entry = BinaryPrimitives.ReadUInt16LittleEndian(header[58..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header[60..]);
        int names = BinaryPrimitives.ReadUInt16LittleEndian(header[62..]);
        List<(uint Name, ElfSection Section)> raw = [];
        for (int index = 0; index < count; index++)
        {
            ReadOnlySpan<byte> section = At(table + ((ulong)index * (ulong)entry), 64);
            raw.Add((BinaryPrimitives.ReadUInt32LittleEndian(section), new ElfSection(
                "",
                BinaryPrimitives.ReadUInt32LittleEndian(section[4..]),
                BinaryPrimitives.ReadUInt64LittleEndian(section[8..]),
                BinaryPrimitives.ReadUInt64LittleEndian(section[16..]),
                BinaryPrimitives.ReadUInt64LittleEndian(section[24..]),
                BinaryPrimitives.ReadUInt64LittleEndian(section[32..]),
                BinaryPrimitives.ReadUInt32LittleEndian(section[40..]))));
        }

        return [.. raw.Select(each => each.Section with { Name = Text(raw[names].Section, each.Name) })];
    }

    private List<ElfSymbol> ReadSymbols()
    {
        List<ElfSymbol> symbols = [];
        foreach (ElfSection section in Sections.Where(static section => section.Type == SymbolTable))
        {
            ReadOnlySpan<byte> table = At(section.Offset, section.Bytes);
            for (; table.Length >= SymbolBytes; table = table[SymbolBytes..])
            {
                symbols.Add(new ElfSymbol(
                    Text(Sections[(int)section.Link], BinaryPrimitives.ReadUInt32LittleEndian(table)),
                    BinaryPrimitives.ReadUInt64LittleEndian(table[8..]),
                    BinaryPrimitives.ReadUInt64LittleEndian(table[16..]),
                    BinaryPrimitives.ReadUInt16LittleEndian(table[6..]),
                    (table[4] & 15) == 2,
                    table[4] >> 4 == 0));
            }
        }

        return symbols;
    }

    private string Text(in ElfSection strings, uint offset)
    {
        ReadOnlySpan<byte> text = At(strings.Offset + offset, strings.Bytes - offset);
        return Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)]);
    }
}
