using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Sharpen.Build.Decode;

/// <summary>
/// Reads the text of a panic and adds, below each line with an address of the image's code, the function, the place in the source, and that
/// line's text. It needs the very image that panicked. The compiler records no inlined frames: a line belongs to the function that was emitted.
/// </summary>
internal static partial class DecodeCommand
{
    /// <summary>Copies input to output, with what it knows added.</summary>
    public static IReadOnlyList<string> Run(Arguments arguments, TextReader input, TextWriter output)
    {
        string root = Directory.GetCurrentDirectory();
        string path = arguments.Value("--image") ?? Path.Combine(root, "out", "sharpen.elf");
        arguments.Rest(0);
        ImageCode image = new(path, Structure.Rules.Layers.Select(name => Structure.StructureCommand.Compiled(root, name)).Where(File.Exists));
        while (input.ReadLine() is { } line)
        {
            output.WriteLine(line);
            foreach (Match match in Address().Matches(line))
            {
                ulong address = ulong.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                if (image.Contains(address))
                {
                    bool isInstruction = line.AsSpan(0, match.Index).TrimEnd(" :=[<").EndsWith("rip", StringComparison.OrdinalIgnoreCase);
                    output.WriteLine(Describe(image, root, address, !isInstruction));
                }
            }
        }

        return [];
    }

    private static string Describe(ImageCode image, string root, ulong address, bool isReturn)
    {
        (string function, Symbols.LineRow? place) = image.Find(address, isReturn);
        string text = $"    {address:x16}  {function}";
        if (place is not { } row)
        {
            return text;
        }

        string file = Path.Combine(root, row.File);
        string source = File.Exists(file) ? File.ReadLines(file).ElementAtOrDefault((int)row.Line - 1)?.Trim() ?? "" : "";
        return $"{text}  {row.File}:{row.Line}\n        {source}".TrimEnd();
    }

    [GeneratedRegex("(?<![0-9a-f])(?:0x)?([0-9a-f]{16})(?![0-9a-f])", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
