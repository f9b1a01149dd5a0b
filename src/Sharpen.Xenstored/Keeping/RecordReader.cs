using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Sharpen.Abi;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Keeping;

/// <summary>Reads what <see cref="RecordWriter"/> wrote. A record that is none is an <see cref="InvalidDataException"/>.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    /// <summary>Nothing is left.</summary>
    internal readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Takes the next record off.</summary>
    internal RecordReader TakeRecord(out RecordKind kind)
    {
        uint length = _rest.Length >= 5 ? BinaryPrimitives.ReadUInt32LittleEndian(_rest) : 0;
        if (length < 5 || length > (uint)_rest.Length)
        {
            throw new InvalidDataException("a record has no length that is possible");
        }

        kind = (RecordKind)_rest[4];
        RecordReader record = new(_rest[5..(int)length]);
        _rest = _rest[(int)length..];
        return record;
    }

    internal byte TakeByte() => Take(1)[0];

    internal ushort TakeShort() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    internal uint TakeWord() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>A number that counts, as it was before it was kept.</summary>
    internal int TakeCount()
    {
        uint count = TakeWord();
        return count <= int.MaxValue ? (int)count : throw new InvalidDataException("a record has a number that is not possible");
    }

    internal ulong TakeLong() => TakeWord() | ((ulong)TakeWord() << 32);

    internal byte[] TakeBytes() => Take(TakeWord()).ToArray();

    internal uint[] TakeWords()
    {
        uint count = TakeWord();
        if (count > (uint)_rest.Length / sizeof(uint))
        {
            throw new InvalidDataException("a record ends too early");
        }

        uint[] words = new uint[count];
        for (int index = 0; index < words.Length; index++)
        {
            words[index] = TakeWord();
        }

        return words;
    }

    internal string TakeText() => Encoding.Latin1.GetString(Take(TakeWord()));

    internal ProgramState TakeProgram()
    {
        int file = TakeCount();
        byte[] partial = TakeBytes();
        byte[] output = TakeBytes();
        bool owes = TakeByte() != 0;
        uint owed = TakeWord();
        uint last = TakeWord();
        uint[] transactions = TakeWords();
        uint[] parked = TakeWords();
        List<(string Path, string Token, int Hidden)> watches = [];
        for (uint left = TakeWord(); left > 0; left--)
        {
            watches.Add((TakeText(), TakeText(), TakeCount()));
        }

        return new ProgramState(file, partial, output, owes ? owed : null, last, transactions, [.. watches], parked);
    }

    internal Permissions TakePermissions()
    {
        StorePermission[] entries = new StorePermission[Math.Max((ushort)1, TakeShort())];
        for (int index = 0; index < entries.Length; index++)
        {
            StoreAccess access = (StoreAccess)(TakeByte() & 3);
            entries[index] = new StorePermission(access, new DomainId(TakeShort()));
        }

        return new Permissions(entries);
    }

    internal Actor TakeActor() => new(TakeShort(), TakeShort(), TakeByte() != 0);

    internal Change TakeChange() => new((ChangeKind)TakeByte(), TakeText(), TakeBytes(), TakePermissions());

    private ReadOnlySpan<byte> Take(uint bytes)
    {
        if (bytes > (uint)_rest.Length)
        {
            throw new InvalidDataException("a record ends too early");
        }

        ReadOnlySpan<byte> taken = _rest[..(int)bytes];
        _rest = _rest[(int)bytes..];
        return taken;
    }
}
