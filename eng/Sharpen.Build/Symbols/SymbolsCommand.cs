using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sharpen.Build.Elf;

namespace Sharpen.Build.Symbols;

/// <summary>
/// Makes the symbol table of a linked image. The image is linked twice: without the table, to learn the addresses of its code, and with it.
/// The table lies behind the code, so nothing moves; <c>--verify</c> proves that.
/// </summary>
internal static class SymbolsCommand
{
    /// <summary>Problems found.</summary>
    public static IReadOnlyList<string> Run(Arguments arguments)
    {
        List<string> assemblies = arguments.Values("--assembly");
        string output = arguments.Value("-o") ?? throw new BuildFailure("symbols wants -o FILE");
        bool verify = arguments.Flag("--verify");
        string path = arguments.Rest(1)[0];

        ElfFile image = new(path);
        ulong start = image.AddressOf("image_start_address");
        ulong end = image.AddressOf("text_end");
        List<CodeSymbol> functions = Functions(image, start, end, new Demangler(new MangledNames(assemblies)));
        byte[] table = TableWriter.Write(start, end, functions, LineTable.Of(path));
        if (verify)
        {
            return table.AsSpan().SequenceEqual(File.ReadAllBytes(output)) ? [] : [$"linking the symbol table into {path} moved code"];
        }

        File.WriteAllBytes(output, table);
        return [];
    }

    /// <summary>One name for each address: a method's own before the one it is exported under, then functions before labels.</summary>
    public static List<CodeSymbol> Functions(ElfFile image, ulong start, ulong end, Demangler demangler) =>
        [.. from symbol in image.Symbols
            where symbol.Section != 0 && symbol.Section < image.Sections.Count && image.Sections[symbol.Section].IsCode
            where symbol.Value >= start && symbol.Value < end && symbol.Name.Length > 0 && symbol.Name != "image_start_address"
            let name = demangler.Name(symbol.Name)
            group (symbol, name) by symbol.Value into same
            orderby same.Key
            let best = same.OrderBy(static each => each.name.Type.Length == 0)
                .ThenBy(static each => !each.symbol.IsFunction).ThenBy(static each => each.symbol.IsLocal).ThenBy(static each => each.symbol.Name, StringComparer.Ordinal).First()
            select new CodeSymbol(same.Key, best.name.Type, best.name.Method)];
}
