using System;
using System.IO;
using System.Text;

namespace Sharpen.Fuzz;

/// <summary>What healthy boot loaders hand over.</summary>
internal static class LoaderCorpus
{
    /// <summary>Where the information of Multiboot 1 expects to lie.</summary>
    internal const ulong Start = 0x9000;

    /// <summary>One block with everything in it: structure, command line, a module, five map entries.</summary>
    internal static byte[] Information1()
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        Words(writer, 0x1245, 639, 0x1fb80, 0, (uint)Start + 256, 1, (uint)Start + 128, 0, 0, 0, 0, 120, (uint)Start + 384, 0, 0, 0, (uint)Start + 320);
        Pad(writer, 88);
        Words(writer, 0xb8000, 0, 160, 80, 25, 0x210);
        Pad(writer, 128);
        Words(writer, 0x400000, 0x500000, (uint)Start + 288, 0);
        Pad(writer, 256);
        writer.Write(Encoding.ASCII.GetBytes("sharpen console=com1 loglvl=all\0"));
        Pad(writer, 288);
        writer.Write(Encoding.ASCII.GetBytes("guest shares=2\0"));
        Pad(writer, 320);
        writer.Write(Encoding.ASCII.GetBytes("GRUB 2.06\0"));
        Pad(writer, 384);
        foreach ((ulong start, ulong bytes, uint kind) in s_map)
        {
            Words(writer, 20);
            writer.Write(start);
            writer.Write(bytes);
            writer.Write(kind);
        }

        return stream.ToArray();
    }

    internal static byte[] Information2()
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        Words(writer, 0, 0);
        Tag(writer, 1, body => body.Write(Encoding.ASCII.GetBytes("console=com1 loglvl=all\0")));
        Tag(writer, 2, body => body.Write(Encoding.ASCII.GetBytes("GRUB 2.06\0")));
        Tag(writer, 3, body => { Words(body, 0x400000, 0x500000); body.Write(Encoding.ASCII.GetBytes("guest\0")); });
        Tag(writer, 4, body => Words(body, 639, 0x1fb80));
        Tag(writer, 6, body =>
        {
            Words(body, 24, 0);
            foreach ((ulong start, ulong bytes, uint kind) in s_map)
            {
                body.Write(start);
                body.Write(bytes);
                Words(body, kind, 0);
            }
        });
        Tag(writer, 8, body => Words(body, 0xfd000000, 0, 3200, 800, 600, 0x120));
        Tag(writer, 15, body => body.Write(new byte[36]));
        Tag(writer, 17, body =>
        {
            Words(body, 40, 1);
            Words(body, 7, 0, 0, 0, 0, 0, 16, 0, 0, 0);
            Words(body, 6, 0, 0x10000, 0, 0, 0, 16, 0, 0, 0x80000000);
        });
        Words(writer, 0, 8);
        byte[] whole = stream.ToArray();
        BitConverter.TryWriteBytes(whole, whole.Length);
        return whole;
    }

    private static readonly (ulong Start, ulong Bytes, uint Kind)[] s_map =
        [(0, 0x9fc00, 1), (0x9fc00, 0x400, 2), (0xf0000, 0x10000, 2), (0x100000, 0x7ee0000, 1), (0xfffc0000, 0x40000, 2)];

    private static void Tag(BinaryWriter writer, uint type, Action<BinaryWriter> body)
    {
        using MemoryStream stream = new();
        using BinaryWriter inner = new(stream);
        body(inner);
        Words(writer, type, (uint)stream.Length + 8);
        writer.Write(stream.ToArray());
        Pad(writer, ((int)writer.BaseStream.Position + 7) & ~7);
    }

    private static void Words(BinaryWriter writer, params uint[] words) => Array.ForEach(words, writer.Write);

    private static void Pad(BinaryWriter writer, int length) => writer.Write(new byte[Math.Max(0, length - (int)writer.BaseStream.Position)]);
}
