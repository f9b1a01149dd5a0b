using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Sharpen.Build.Symbols;

/// <summary>The DWARF line tables of an image, as llvm-dwarfdump prints them.</summary>
internal sealed class LineTable
{
    /// <summary>Where the compilers pretend that the repository lies, so that objects do not depend on its place.</summary>
    private const string SourceRoot = "/sharpen/";

    private readonly List<LineRow> _rows = [];
    private readonly Dictionary<int, string> _directories = [];
    private readonly Dictionary<int, string> _files = [];
    private readonly Dictionary<int, int> _directoryOf = [];
    private int _file;

    /// <summary>Rows sorted by address; those of one address in the producer's order.</summary>
    public static IReadOnlyList<LineRow> Of(string image)
    {
        LineTable table = new();
        foreach (string line in Tool.Lines("llvm-dwarfdump", "--debug-line", image))
        {
            table.Take(line);
        }

        return [.. table._rows.OrderBy(static row => row.Address)];
    }

    private void Take(string line)
    {
        if (line.StartsWith("0x", StringComparison.Ordinal))
        {
            TakeRow(line);
        }
        else if (line.StartsWith("debug_line[", StringComparison.Ordinal))
        {
            _directories.Clear();
            _files.Clear();
            _directoryOf.Clear();
        }
        else if (line.StartsWith("include_directories[", StringComparison.Ordinal))
        {
            _directories[Index(line)] = Quoted(line);
        }
        else if (line.StartsWith("file_names[", StringComparison.Ordinal))
        {
            _file = Index(line);
        }
        else if (line.AsSpan().TrimStart().StartsWith("name: ", StringComparison.Ordinal))
        {
            _files[_file] = Quoted(line);
        }
        else if (line.AsSpan().TrimStart().StartsWith("dir_index: ", StringComparison.Ordinal))
        {
            _directoryOf[_file] = int.Parse(line.AsSpan(line.IndexOf(':', StringComparison.Ordinal) + 2), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Address, line, column, file, ...; lines that the compiler invented are zero or enormous.</summary>
    private void TakeRow(string text)
    {
        string[] columns = text.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries);
        uint line = uint.Parse(columns[1], CultureInfo.InvariantCulture);
        if (line is > 0 and < 0xf00000 && !text.EndsWith("end_sequence", StringComparison.Ordinal))
        {
            ulong address = ulong.Parse(columns[0].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            _rows.Add(new LineRow(address, FileName(int.Parse(columns[3], CultureInfo.InvariantCulture)), line));
        }
    }

    private string FileName(int index)
    {
        string name = _files.GetValueOrDefault(index, "");
        string path = name.StartsWith('/') || !_directories.TryGetValue(_directoryOf.GetValueOrDefault(index), out string? directory) ? name : $"{directory}/{name}";
        path = path.Contains("/../", StringComparison.Ordinal) ? Path.GetFullPath(path) : path;
        return path.StartsWith(SourceRoot, StringComparison.Ordinal) ? path[SourceRoot.Length..] : path;
    }

    private static int Index(string line)
    {
        int open = line.IndexOf('[', StringComparison.Ordinal);
        return int.Parse(line.AsSpan(open + 1, line.IndexOf(']', StringComparison.Ordinal) - open - 1).Trim(), CultureInfo.InvariantCulture);
    }

    private static string Quoted(string line)
    {
        int open = line.IndexOf('"', StringComparison.Ordinal);
        return line[(open + 1)..line.LastIndexOf('"')];
    }
}
