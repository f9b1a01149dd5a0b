using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Sharpen.Abi;

namespace Sharpen.AbiCheck;

/// <summary>
/// Which C name each type, field and number of Sharpen.Abi stands for. The table is the documentation itself: the first
/// <c>c</c> element of a summary is the C name, so a search for either name finds both and neither can drift.
/// </summary>
internal static class AbiNames
{
    private static readonly Dictionary<string, string> s_names = Load();

    internal static IEnumerable<Type> Structures => Types.Where(type => !type.IsEnum && type.IsValueType && !IsInlineArray(type));

    internal static IEnumerable<Type> Enums => Types.Where(type => type.IsEnum);

    private static IEnumerable<Type> Types => typeof(Errno).Assembly.GetTypes().Where(type => type.IsPublic);

    internal static string? Of(Type type) => s_names.GetValueOrDefault($"T:{type.FullName}");

    internal static string? Of(FieldInfo field) => s_names.GetValueOrDefault($"F:{field.DeclaringType!.FullName}.{field.Name}");

    internal static IEnumerable<FieldInfo> FieldsOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Instance);

    internal static IEnumerable<FieldInfo> MembersOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static);

    private static bool IsInlineArray(Type type) =>
        type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IInlineArray<>));

    /// <summary>The documentation file of an assembly.</summary>
    internal static IEnumerable<XElement> Documentation(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member");

    private static Dictionary<string, string> Load()
    {
        return Documentation(typeof(Errno).Assembly)
            .Where(member => member.Element("summary")?.Element("c") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!.Element("c")!.Value);
    }
}
