using System;
using System.Buffers.Binary;
using System.Text;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Keeping;

/// <summary>Writes one record: its length, its kind, then numbers, texts and bytes, little-endian, lengths before what is long.</summary>
internal ref struct RecordWriter
{
    private readonly Span<byte> _room;
    private int _length;

    /// <summary>Begins a record in what room there is.</summary>
    internal RecordWriter(Span<byte> room, RecordKind kind)
    {
        _room = room;
        _length = sizeof(uint);
        Put((byte)kind);
    }

    /// <summary>There was not enough room; nothing of the record counts.</summary>
    internal bool IsFull { get; private set; }

    internal void Put(byte value) => Take(1).Fill(value);

    internal void Put(ushort value)
    {
        Span<byte> at = Take(sizeof(ushort));
        _ = at.Length > 0 && BinaryPrimitives.TryWriteUInt16LittleEndian(at, value);
    }

    internal void Put(uint value)
    {
        Span<byte> at = Take(sizeof(uint));
        _ = at.Length > 0 && BinaryPrimitives.TryWriteUInt32LittleEndian(at, value);
    }

    internal void Put(ulong value)
    {
        Put(unchecked((uint)value));
        Put((uint)(value >> 32));
    }

    internal void Put(ReadOnlySpan<byte> bytes)
    {
        Put((uint)bytes.Length);
        Span<byte> at = Take(bytes.Length);
        if (at.Length == bytes.Length)
        {
            bytes.CopyTo(at);
        }
    }

    internal void Put(string text)
    {
        Put((uint)text.Length);
        Span<byte> at = Take(text.Length);
        if (at.Length == text.Length)
        {
            _ = Encoding.Latin1.GetBytes(text, at);
        }
    }

    internal void Put(Permissions permissions)
    {
        Put((ushort)permissions.Entries.Length);
        foreach (StorePermission entry in permissions.Entries)
        {
            Put((byte)entry.Access);
            Put(entry.Domain.Value);
        }
    }

    internal void Put(Actor actor)
    {
        Put(actor.Domain);
        Put(actor.Target);
        Put(actor.IsPrivileged ? (byte)1 : (byte)0);
    }

    internal void Put(in Change change)
    {
        Put((byte)change.Kind);
        Put(change.Path);
        Put(change.Value.AsSpan());
        Put(change.Permissions);
    }

    internal void Put(ReadOnlySpan<uint> words)
    {
        Put((uint)words.Length);
        foreach (uint word in words)
        {
            Put(word);
        }
    }

    internal void Put(ProgramState program)
    {
        Put((uint)program.File);
        Put(program.Partial.AsSpan());
        Put(program.Output.AsSpan());
        Put(program.Owed is null ? (byte)0 : (byte)1);
        Put(program.Owed ?? 0);
        Put(program.Last);
        Put(program.Transactions.AsSpan());
        Put(program.Parked.AsSpan());
        Put((uint)program.Watches.Length);
        foreach ((string path, string token, int hidden) in program.Watches)
        {
            Put(path);
            Put(token);
            Put((uint)hidden);
        }
    }

    /// <summary>Ends the record.</summary>
    /// <returns>Its length in bytes; 0 when there was no room.</returns>
    internal readonly int End()
    {
        if (IsFull)
        {
            return 0;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_room, (uint)_length);
        return _length;
    }

    private Span<byte> Take(int bytes)
    {
        if (IsFull || bytes > _room.Length - _length)
        {
            IsFull = true;
            return default;
        }

        _length += bytes;
        return _room.Slice(_length - bytes, bytes);
    }
}
