using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sharpen.Abi;
using Sharpen.Hypervisor.Hypercalls;

namespace Sharpen.AbiCheck;

/// <summary>The pages under docs/abi, made from the attributes of the operations and what their types say about themselves.</summary>
internal static class HypercallPages
{
    private const string Missing = "answers `ENOSYS`";

    private static readonly Dictionary<string, string> s_summaries = AbiNames.Documentation(typeof(HypercallAttribute).Assembly)
        .Where(member => member.Attribute("name")!.Value.StartsWith("T:", StringComparison.Ordinal))
        .ToDictionary(member => member.Attribute("name")!.Value[2..], member => Plain(member.Element("summary")));

    /// <summary>Each page's name and text.</summary>
    internal static Dictionary<string, string> All()
    {
        List<(Type Type, CustomAttributeData Data)> rows = typeof(HypercallAttribute).Assembly.GetTypes()
            .SelectMany(type => type.CustomAttributes.Where(data => data.AttributeType == typeof(HypercallAttribute)).Select(data => (type, data))).ToList();
        Dictionary<string, string> pages = [];
        StringBuilder index = new("# The guest interface, call by call\n\nMade from the source by tests/Abi; `SHARPEN_WRITE_PAGES=1 dotnet test tests/Abi` writes it anew.\n\n");
        index.Append("| number | call | state |\n|---|---|---|\n");
        foreach (Hypercall number in Enum.GetValues<Hypercall>())
        {
            List<(Type Type, CustomAttributeData Data)> own = rows.Where(row => (Hypercall)(uint)row.Data.ConstructorArguments[0].Value! == number).ToList();
            string name = CName(typeof(Hypercall), number.ToString()).Replace("__HYPERVISOR_", string.Empty, StringComparison.Ordinal);
            index.Append($"| {(uint)number} | {(own.Count == 0 ? name : $"[{name}]({name}.md)")} | {State(own)} |\n");
            if (own.Count != 0)
            {
                pages.Add($"{name}.md", Page(name, number, own));
            }
        }

        pages.Add("README.md", index.ToString());
        return pages;
    }

    private static string State(List<(Type Type, CustomAttributeData Data)> rows)
    {
        if (rows.Count == 0)
        {
            return Missing;
        }

        Type? commands = CommandsOf(rows);
        return commands is null ? "done" : $"{rows.Count} of {commands.GetFields(BindingFlags.Public | BindingFlags.Static).Length} commands";
    }

    private static Type? CommandsOf(List<(Type Type, CustomAttributeData Data)> rows) =>
        rows[0].Data.ConstructorArguments.Count > 1 ? rows[0].Data.ConstructorArguments[1].ArgumentType : null;

    private static string Page(string name, Hypercall number, List<(Type Type, CustomAttributeData Data)> rows)
    {
        StringBuilder page = new($"# {name} ({(uint)number})\n\n");
        Type? commands = CommandsOf(rows);
        if (commands is null)
        {
            return page.Append(s_summaries[rows[0].Type.FullName!]).Append('\n').ToString();
        }

        page.Append("| number | command | what it does |\n|---|---|---|\n");
        foreach (FieldInfo command in commands.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            ulong value = Convert.ToUInt64(command.GetRawConstantValue());
            Type? type = rows.FirstOrDefault(row => Convert.ToUInt64(row.Data.ConstructorArguments[1].Value) == value).Type;
            page.Append($"| {value} | {CName(commands, command.Name)} | {(type is null ? MissingOf(number) : s_summaries[type.FullName!])} |\n");
        }

        return page.ToString();
    }

    private static string MissingOf(Hypercall number) => number == Hypercall.Arch0 ? "answers `EINVAL`" : Missing;

    private static string CName(Type type, string member) => AbiNames.Of(type.GetField(member)!)!;

    // An errno or another number of the ABI is called by its C name.
    private static string Referred(string reference)
    {
        string[] parts = reference[2..].Split('.');
        Type? type = parts.Length > 1 ? typeof(Hypercall).Assembly.GetType(string.Join('.', parts[..^1])) : null;
        string name = type is { IsEnum: true } ? CName(type, parts[^1]) : parts[^1];
        return name.Replace("XEN_E", "E", StringComparison.Ordinal);
    }

    // "cref" becomes the last part of the name; white space is folded.
    private static string Plain(XElement? summary)
    {
        if (summary is null)
        {
            return string.Empty;
        }

        IEnumerable<string> parts = summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => $"`{Referred(see.Attribute("cref")!.Value)}`",
            XElement element => $"`{element.Value}`",
            _ => node.ToString(),
        });
        return Regex.Replace(string.Concat(parts), "\\s+", " ").Trim();
    }
}
