using System;

namespace Sharpen.Unit.Boot.Loader;

/// <summary>Information as boot loaders lay it out.</summary>
public static class LoaderImage
{
    /// <summary>Tags of Multiboot 2, whole with head and end.</summary>
    public static byte[] Multiboot2(params (uint Type, byte[] Body)[] tags)
    {
        BytesBuilder bytes = new BytesBuilder().U32(0, 0);
        foreach ((uint type, byte[] body) in tags)
        {
            bytes.U32(type, (uint)(8 + body.Length)).U8(body).Align(8);
        }

        byte[] whole = bytes.U32(0, 8).ToArray();
        BitConverter.TryWriteBytes(whole, whole.Length);
        return whole;
    }

    /// <summary>The command line's tag.</summary>
    public static (uint Type, byte[] Body) CommandLine(string text) => (1, new BytesBuilder().Text(text).U8(0).ToArray());

    /// <summary>A module's tag.</summary>
    public static (uint Type, byte[] Body) Module(uint start, uint end, string text) =>
        (3, new BytesBuilder().U32(start, end).Text(text).U8(0).ToArray());

    /// <summary>The memory map's tag.</summary>
    public static (uint Type, byte[] Body) Map(params (ulong Start, ulong Bytes, uint Kind)[] entries)
    {
        BytesBuilder body = new BytesBuilder().U32(24, 0);
        Array.ForEach(entries, entry => _ = body.U64(entry.Start, entry.Bytes).U32(entry.Kind, 0));
        return (6, body.ToArray());
    }

    /// <summary>The tag with a copy of ACPI's root pointer.</summary>
    public static (uint Type, byte[] Body) Rsdp(byte[] pointer) => (pointer.Length > 20 ? 15u : 14u, pointer);
}
