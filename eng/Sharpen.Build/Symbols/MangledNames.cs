using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Sharpen.Build.Symbols;

/// <summary>
/// The compiler's names for types, from the assemblies that it compiled: <c>Assembly_Namespace_Outer_Inner_2</c>, where every
/// character that is no letter or digit became an underscore. The way back is not unique, so it is looked up.
/// </summary>
internal sealed class MangledNames
{
    private static readonly Dictionary<string, string> s_primitives = new()
    {
        ["Bool"] = "bool",
        ["Char"] = "char",
        ["Int8"] = "sbyte",
        ["UInt8"] = "byte",
        ["Int16"] = "short",
        ["UInt16"] = "ushort",
        ["Int32"] = "int",
        ["UInt32"] = "uint",
        ["Int64"] = "long",
        ["UInt64"] = "ulong",
        ["IntPtr"] = "nint",
        ["UIntPtr"] = "nuint",
        ["Object"] = "object",
        ["String"] = "string",
    };

    private readonly Dictionary<string, string> _types = new(s_primitives);

    /// <summary>Reads the types of the assemblies.</summary>
    public MangledNames(IEnumerable<string> assemblies)
    {
        foreach (string path in assemblies)
        {
            using PEReader file = new(File.OpenRead(path));
            MetadataReader metadata = file.GetMetadataReader();
            string prefix = metadata.GetString(metadata.GetAssemblyDefinition().Name);
            foreach (TypeDefinitionHandle type in metadata.TypeDefinitions)
            {
                string name = FullName(metadata, type);
                _types[Mangle($"{prefix}.{name}")] = string.Join('.', name.Split('.').Select(static part => part.Split('`')[0]));
            }
        }
    }

    /// <summary>The longest known type at the start of the text and the length of its mangled name; a type ends where a scope begins or ends.</summary>
    public (string Name, int Length)? TypeAt(ReadOnlySpan<char> text)
    {
        for (int length = text.Length; length > 0; length--)
        {
            ReadOnlySpan<char> rest = text[length..];
            bool mayEnd = rest.Length == 0 || rest[0] is '<' or '>' || rest.StartsWith("__", StringComparison.Ordinal);
            if (mayEnd && _types.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out string? name))
            {
                return (name, length);
            }
        }

        return null;
    }

    private static string FullName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        string name = metadata.GetString(type.Name);
        string space = metadata.GetString(type.Namespace);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{FullName(metadata, outer)}.{name}" : space.Length == 0 ? name : $"{space}.{name}";
    }

    private static string Mangle(string name)
    {
        StringBuilder mangled = new(name.Length);
        foreach (char letter in name)
        {
            mangled.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }

        return mangled.ToString();
    }
}
