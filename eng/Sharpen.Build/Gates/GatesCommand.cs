using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sharpen.Build.Elf;
using Sharpen.Build.Symbols;

namespace Sharpen.Build.Gates;

/// <summary>
/// Refuses an object that the freestanding world cannot run correctly: initialisers that nobody calls, symbols that no stub defines,
/// registers that no stub saves, frames that jump over a guard page, unsafe code outside the machine.
/// </summary>
internal static class GatesCommand
{
    /// <summary>Problems found; the figures go to standard output and to the report file.</summary>
    public static IReadOnlyList<string> Run(Arguments arguments)
    {
        List<string> stubs = arguments.Values("--stub");
        string? source = arguments.Value("--source");
        string? report = arguments.Value("-o");
        Demangler demangler = new(new MangledNames(arguments.Values("--assembly")));
        bool guest = arguments.Flag("--guest");
        string path = arguments.Rest(1)[0];

        ElfFile program = new(path);
        SortedSet<string> wanted = new(program.Symbols.Where(static symbol => symbol.IsUndefined).Select(static symbol => symbol.Name), StringComparer.Ordinal);
        HashSet<string> given = [.. stubs.SelectMany(static stub => new ElfFile(stub).Symbols).Where(static symbol => !symbol.IsUndefined).Select(static symbol => symbol.Name)];
        InstructionScan scan = InstructionScan.Of(path, demangler.FullName);

        List<string> problems = [.. Initialisers(program), .. Undefined(wanted, given)];
        if (!guest)
        {
            problems.AddRange(scan.Problems.Distinct());
            problems.AddRange(source is null ? [] : UnsafeProjects.Problems(source));
        }

        if (problems.Count == 0 && report is not null)
        {
            File.WriteAllText(report, Report(Path.GetFileName(path), program.Symbols.Count(static symbol => symbol.IsFunction), scan, wanted));
        }

        return problems;
    }

    private static IEnumerable<string> Initialisers(ElfFile program) =>
        from symbol in program.Symbols
        where (symbol.IsFunction && symbol.Name.EndsWith("___cctor", StringComparison.Ordinal)) || symbol.Name.StartsWith("__EagerCctor", StringComparison.Ordinal)
        select $"{symbol.Name}: a static initialiser that the compiler could not evaluate; nothing runs it, the field would stay zero";

    private static IEnumerable<string> Undefined(SortedSet<string> wanted, HashSet<string> given)
    {
        foreach (string name in wanted.Where(name => !given.Contains(name) && !IsLinkerSymbol(name)))
        {
            yield return name switch
            {
                "RhpStackProbe" => "some function has a frame of 4 KiB or more (it refers to RhpStackProbe)",
                "RhBox" => "some value is boxed (the code refers to RhBox)",
                _ when name.StartsWith("RhpNew", StringComparison.Ordinal) => $"some object is allocated (the code refers to {name})",
                _ => $"undefined symbol {name}: no assembly stub defines it, so the feature behind it is forbidden",
            };
        }
    }

    /// <summary>Defined by the linker script: section bounds end so by convention.</summary>
    private static bool IsLinkerSymbol(string name) =>
        name.EndsWith("_start", StringComparison.Ordinal) || name.EndsWith("_end", StringComparison.Ordinal) || name.EndsWith("_address", StringComparison.Ordinal);

    private static string Report(string name, int functions, InstructionScan scan, SortedSet<string> wanted) =>
        $"""
        {name}: {functions} functions, {scan.Instructions} instructions, largest frame {scan.LargestFrame} bytes ({scan.LargestFrameFunction})
          vector registers: {(scan.VectorRegisters.Count == 0 ? "none" : string.Join(" ", scan.VectorRegisters))}; x87 and MXCSR: untouched
          indirect branches: {scan.IndirectBranches} ({scan.IndirectJumps} jumps, {scan.IndirectBranches - scan.IndirectJumps} calls)
          assembly stubs and linker symbols used: {string.Join(" ", wanted)}

        """;
}
