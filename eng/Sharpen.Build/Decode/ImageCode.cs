using System;
using System.Collections.Generic;
using Sharpen.Build.Elf;
using Sharpen.Build.Symbols;

namespace Sharpen.Build.Decode;

/// <summary>The functions and lines of a linked image, to look addresses up in.</summary>
internal sealed class ImageCode
{
    private readonly ulong _start;
    private readonly ulong _end;
    private readonly List<CodeSymbol> _functions;
    private readonly IReadOnlyList<LineRow> _lines;

    /// <summary>Reads an image that has its DWARF.</summary>
    public ImageCode(string path, IEnumerable<string> assemblies)
    {
        ElfFile image = new(path);
        _start = image.AddressOf("image_start_address");
        _end = image.AddressOf("text_end");
        _functions = SymbolsCommand.Functions(image, _start, _end, new Demangler(new MangledNames(assemblies)));
        _lines = LineTable.Of(path);
    }

    /// <summary>True for an address between the first and the last instruction.</summary>
    public bool Contains(ulong address) => address >= _start && address < _end;

    /// <summary>The function around an address and the line it comes from.</summary>
    /// <param name="address">Inside the image's code.</param>
    /// <param name="isReturn">A return address: what is wanted is the call before it.</param>
    public (string Function, LineRow? Line) Find(ulong address, bool isReturn)
    {
        int function = LastNotAfter(_functions.Count, index => _functions[index].Address, address);
        if (function < 0)
        {
            return ("?", null);
        }

        CodeSymbol symbol = _functions[function];
        ulong at = isReturn && address > symbol.Address ? address - 1 : address;
        string name = symbol.Type.Length == 0 ? symbol.Method : $"{symbol.Type}.{symbol.Method}";
        int row = LastNotAfter(_lines.Count, index => _lines[index].Address, at);
        bool isOwn = row >= 0 && _lines[row].Address >= symbol.Address;
        LineRow? first = row + 1 < _lines.Count && (function + 1 == _functions.Count || _lines[row + 1].Address < _functions[function + 1].Address) ? _lines[row + 1] : null;
        return ($"{name}+0x{address - symbol.Address:x}", isOwn ? _lines[row] : first);
    }

    private static int LastNotAfter(int count, Func<int, ulong> addressOf, ulong address)
    {
        int low = 0;
        for (int high = count; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = addressOf(middle) <= address ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
