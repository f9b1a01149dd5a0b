using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sharpen.Fuzz;

/// <summary>The tables of real machines, and ways to spoil them.</summary>
internal static class AcpiCorpus
{
    /// <summary>A copy in which about one block in four is spoilt; most of those with length and checksum made good again.</summary>
    internal static List<(ulong Address, byte[] Bytes)> Spoil(List<(ulong Address, byte[] Bytes)> corpus, Random random)
    {
        Mutator mutator = new(random);
        List<(ulong, byte[])> spoilt = [];
        foreach ((ulong address, byte[] bytes) in corpus)
        {
            bool isSpoilt = random.Next(4) == 0;
            byte[] placed = isSpoilt ? mutator.Spoil(bytes) : bytes;
            if (isSpoilt && random.Next(8) != 0)
            {
                Mend(placed);
            }

            spoilt.Add((address, placed));
        }

        return spoilt;
    }

    /// <summary>Makes the length (mostly) and the checksum of a table or root pointer good.</summary>
    private static void Mend(byte[] bytes)
    {
        bool isRoot = bytes.AsSpan().StartsWith("RSD PTR "u8);
        int covered = isRoot ? Math.Min(20, bytes.Length) : bytes.Length;
        if (covered < 20)
        {
            return;
        }

        if (!isRoot)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(4), bytes.Length);
        }

        int at = isRoot ? 8 : 9;
        bytes[at] = 0;
        bytes[at] = unchecked((byte)-bytes[..covered].Sum(value => value));
    }

    /// <summary>A corpus file: for each block its address (64 bits), its length (32 bits), its bytes.</summary>
    internal static List<(ulong Address, byte[] Bytes)> Load(string file)
    {
        using BinaryReader reader = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Corpus", file)));
        List<(ulong, byte[])> blocks = [];
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            ulong address = reader.ReadUInt64();
            blocks.Add((address, reader.ReadBytes(reader.ReadInt32())));
        }

        return blocks;
    }
}
