using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using Xunit;

namespace Sharpen.AbiCheck;

/// <summary>Every structure and number of Sharpen.Abi is what the C compiler makes of Xen's public headers.</summary>
public class LayoutTests
{
    [Fact]
    public void Every_public_type_member_names_its_C_counterpart()
    {
        IEnumerable<string> unnamed = AbiNames.Structures.SelectMany(AbiNames.FieldsOf).Concat(AbiNames.Enums.SelectMany(AbiNames.MembersOf))
            .Where(field => AbiNames.Of(field) is null && field.Name != "None")
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}");
        Assert.Empty(unnamed);
    }

    [Fact]
    public void Structures_have_the_size_and_offsets_of_the_headers()
    {
        List<(string Expression, ulong Ours, string What)> rows = [];
        foreach (Type type in AbiNames.Structures)
        {
            string name = Assert.IsType<string>(AbiNames.Of(type));
            rows.Add(($"sizeof({name})", SizeOf(type), type.Name));
            rows.AddRange(AbiNames.FieldsOf(type).SelectMany(field => RowsOf(name, field)));
        }

        Compare(rows);
    }

    [Fact]
    public void Numbers_have_the_values_of_the_headers() =>
        Compare(AbiNames.Enums.SelectMany(AbiNames.MembersOf).Where(member => AbiNames.Of(member) is not null)
            .Select(member => (AbiNames.Of(member)!, Bits(member.GetRawConstantValue()!), $"{member.DeclaringType!.Name}.{member.Name}")));

    private static IEnumerable<(string Expression, ulong Ours, string What)> RowsOf(string structure, FieldInfo field)
    {
        string what = $"{field.DeclaringType!.Name}.{field.Name}";
        string member = AbiNames.Of(field)!;
        yield return ($"offsetof({structure}, {member})", (ulong)Marshal.OffsetOf(field.DeclaringType!, field.Name), what);
        yield return ($"sizeof((({structure} *)0)->{member})", SizeOf(field.FieldType), what);
    }

    // A negative number as C widens it.
    private static ulong Bits(object value) => value is short or int or sbyte or long ? unchecked((ulong)Convert.ToInt64(value)) : Convert.ToUInt64(value);

    private static void Compare(IEnumerable<(string Expression, ulong Ours, string What)> rows)
    {
        List<(string Expression, ulong Ours, string What)> all = rows.ToList();
        IReadOnlyDictionary<string, ulong> theirs = HeaderCompiler.Evaluate(all.Select(row => row.Expression));
        Assert.NotEmpty(all);
        Assert.Empty(all.Where(row => theirs[row.Expression] != row.Ours)
            .Select(row => $"{row.What}: ours {row.Ours}, {row.Expression} is {theirs[row.Expression]}"));
    }

    // The size in memory, as the hypervisor sees it; Marshal.SizeOf would give the marshalled one and refuses enums.
    private static ulong SizeOf(Type type)
    {
        DynamicMethod size = new("size", typeof(int), null);
        ILGenerator body = size.GetILGenerator();
        body.Emit(OpCodes.Sizeof, type);
        body.Emit(OpCodes.Ret);
        return (ulong)(int)size.Invoke(null, null)!;
    }
}
