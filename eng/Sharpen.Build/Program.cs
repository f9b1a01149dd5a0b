using System;
using System.Collections.Generic;
using Sharpen.Build.Budget;
using Sharpen.Build.Decode;
using Sharpen.Build.Gates;
using Sharpen.Build.Structure;
using Sharpen.Build.Symbols;

namespace Sharpen.Build;

/// <summary>One command of the build per word: <c>Sharpen.Build COMMAND ARGUMENTS</c>. Problems are printed in the form that MSBuild reads.</summary>
internal static class Program
{
    private const string Help = """
        Sharpen.Build COMMAND ARGUMENTS
          gates OBJECT [--stub FILE]... [--assembly FILE]... [--source DIRECTORY] [--guest] [-o REPORT]
                     refuses an object that breaks a rule of the freestanding world, and reports its figures
          symbols IMAGE -o TABLE [--assembly FILE]... [--verify]
                     names and lines of the image's code; with --verify: is TABLE what the image would give?
          budget ROOT [-o REPORT]
                     the share of safe code, and the size of files and functions against the budget
          decode [--image IMAGE]
                     reads a panic on standard input, adds functions and lines
          structure [-o DRAWING] [--check]
                     arrows between the folders of the image's assemblies: checked, and drawn in docs/structure.svg, or with --check: is that up to date?
        """;

    private static int Main(string[] words)
    {
        try
        {
            IReadOnlyList<string> problems = Run(words.Length == 0 ? "--help" : words[0], new Arguments(words.AsSpan(Math.Min(1, words.Length))));
            foreach (string problem in problems)
            {
                Console.Error.WriteLine($"Sharpen.Build : error SHB001: {problem}");
            }

            return problems.Count == 0 ? 0 : 1;
        }
        catch (BuildFailure failure)
        {
            Console.Error.WriteLine($"Sharpen.Build : error SHB000: {failure.Message}");
            return 2;
        }
    }

    private static IReadOnlyList<string> Run(string command, Arguments arguments)
    {
        switch (command)
        {
            case "gates":
                return GatesCommand.Run(arguments);
            case "symbols":
                return SymbolsCommand.Run(arguments);
            case "budget":
                return BudgetCommand.Run(arguments);
            case "structure":
                return StructureCommand.Run(arguments);
            case "decode":
                return DecodeCommand.Run(arguments, Console.In, Console.Out);
            case "--help":
                Console.WriteLine(Help);
                return [];
            default:
                throw new BuildFailure($"unknown command {command} (see --help)");
        }
    }
}
