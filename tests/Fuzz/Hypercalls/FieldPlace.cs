using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace Sharpen.Fuzz.Hypercalls;

/// <summary>A number within a structure.</summary>
/// <param name="Name">The field's name, which tells what is likely to make sense there.</param>
/// <param name="Offset">In bytes.</param>
/// <param name="Bytes">1, 2, 4 or 8.</param>
/// <param name="Type">Its type.</param>
internal sealed record FieldPlace(string Name, int Offset, int Bytes, Type Type)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<FieldPlace>> s_places = [];

    /// <summary>Every number of a structure.</summary>
    public static IReadOnlyList<FieldPlace> Of(Type structure) => s_places.GetOrAdd(structure, type =>
    {
        List<FieldPlace> places = [];
        Add(places, type, type.Name, 0);
        return places;
    });

    /// <summary>Bytes of a value in memory.</summary>
    public static int SizeOf(Type type)
    {
        DynamicMethod size = new("size", typeof(int), null);
        ILGenerator body = size.GetILGenerator();
        body.Emit(OpCodes.Sizeof, type);
        body.Emit(OpCodes.Ret);
        return (int)size.Invoke(null, null)!;
    }

    private static void Add(List<FieldPlace> places, Type type, string name, int offset)
    {
        int bytes = SizeOf(type);
        FieldInfo[] fields = type.IsEnum || type.IsPrimitive ? [] : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (fields.Length == 0)
        {
            places.Add(new FieldPlace(name, offset, bytes, type));
            return;
        }

        int stride = fields.Length == 1 ? SizeOf(fields[0].FieldType) : bytes;
        for (int at = 0; fields.Length == 1 && at < bytes && at < 1024; at += stride)
        {
            Add(places, fields[0].FieldType, fields[0].Name, offset + at);
        }

        foreach (FieldInfo field in fields.Length > 1 ? fields : [])
        {
            Add(places, field.FieldType, field.Name, offset + (int)Marshal.OffsetOf(type, field.Name));
        }
    }
}
