using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using Sharpen.Xen.Native;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Keeping;

/// <summary>
/// What survives the daemon: a log in a file that is mapped, so that what is written outlives a killed process without a call for each
/// record. The length in its head says what counts, and is written last. When it has grown it is written anew from what there is, to
/// another file that takes its name. It is of one boot of the machine, since the rings are.
/// </summary>
public sealed class StateFile : IStoreDump, IDisposable
{
    private const int HeadSize = 64;
    private const int LengthOffset = 40;
    private const int LeastCapacity = 4 << 20;
    private const int MostCapacity = 1 << 30;
    private readonly string _path;
    private readonly byte[] _boot;
    private MappedMemory _memory;
    private int _length = HeadSize;
    private bool _isFull;

    private StateFile(string path, byte[] boot, MappedMemory memory)
    {
        _path = path;
        _boot = boot;
        _memory = memory;
        WriteHead();
    }

    /// <summary>What writes everything when the log is to begin anew.</summary>
    public Action<StateFile> DumpAll { get; set; } = static _ => { };

    /// <summary>Bytes in use.</summary>
    public int Length => _length;

    /// <summary>Begins a log; what is at the path stays until the first <see cref="Rewrite"/>.</summary>
    public static StateFile Create(string path)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new StateFile(path, Boot(), KeptFile.Create($"{path}.new", LeastCapacity));
    }

    /// <summary>Has an engine become what a log says.</summary>
    /// <param name="path">Of the log.</param>
    /// <param name="engine">One with nothing in it.</param>
    /// <returns>The rest of it; null when there is no log of this boot.</returns>
    public static KeptState? Restore(string path, StoreEngine engine)
    {
        using MappedMemory? memory = KeptFile.Open(path);
        if (memory is null || memory.Length < HeadSize || !memory.Bytes[..Boot().Length].SequenceEqual(Boot()))
        {
            return null;
        }

        uint length = memory.ReadAcquire(LengthOffset);
        KeptState kept = new();
        if (length > HeadSize && length <= (uint)memory.Length)
        {
            RecordReader log = new(memory.Bytes[HeadSize..(int)length]);
            while (!log.IsAtEnd)
            {
                RecordReader record = log.TakeRecord(out RecordKind kind);
                Replay(kind, ref record, engine, kept);
            }
        }

        return kept;
    }

    /// <summary>Makes all that was written since the last time count, at once.</summary>
    public void Commit()
    {
        if (_isFull || _length > _memory.Length - (_memory.Length / 4))
        {
            Rewrite();
        }
        else
        {
            _memory.WriteRelease(LengthOffset, (uint)_length);
        }
    }

    /// <summary>Writes everything anew.</summary>
    public void Rewrite()
    {
        for (int capacity = Math.Max(LeastCapacity, _memory.Length / 2); ; capacity = checked(capacity * 2))
        {
            if (capacity > MostCapacity)
            {
                throw new InvalidOperationException("the store has grown beyond what can be kept");
            }

            MappedMemory fresh = KeptFile.Create($"{_path}.new", capacity);
            _memory.Dispose();
            _memory = fresh;
            _length = HeadSize;
            _isFull = false;
            WriteHead();
            DumpAll(this);
            if (!_isFull && _length <= capacity / 4)
            {
                break;
            }
        }

        _memory.WriteRelease(LengthOffset, (uint)_length);
        File.Move($"{_path}.new", _path, overwrite: true);
    }

    public void Node(string path, Node node)
    {
        RecordWriter record = Begin(RecordKind.Node);
        record.Put(path);
        record.Put(node.Value.AsSpan());
        record.Put(node.Permissions);
        End(ref record);
    }

    public void Changed(Actor actor, in Change change)
    {
        RecordWriter record = Begin(RecordKind.Change);
        record.Put(actor);
        record.Put(in change);
        End(ref record);
    }

    public void Introduced(IntroducedDomain domain)
    {
        RecordWriter record = Begin(RecordKind.Introduced);
        record.Put(domain.Id);
        record.Put(domain.Page);
        record.Put(domain.Port);
        record.Put(domain.IsShutdown ? (byte)1 : (byte)0);
        record.Put(domain.Client.Actor.Target);
        End(ref record);
    }

    public void Released(ushort domain)
    {
        RecordWriter record = Begin(RecordKind.Released);
        record.Put(domain);
        End(ref record);
    }

    public void Watched(Watch watch)
    {
        RecordWriter record = Begin(RecordKind.Watched);
        record.Put(watch.Client.Actor.Domain);
        record.Put(watch.Path);
        record.Put(watch.Token);
        record.Put((uint)watch.Hidden);
        End(ref record);
    }

    public void Unwatched(Watch watch)
    {
        RecordWriter record = Begin(RecordKind.Unwatched);
        record.Put(watch.Client.Actor.Domain);
        record.Put(watch.Path);
        record.Put(watch.Token);
        End(ref record);
    }

    public void Began(Client client, uint transaction) => PutTransaction(RecordKind.Began, client, transaction);

    public void Ended(Client client, uint transaction) => PutTransaction(RecordKind.Ended, client, transaction);

    public void Limited(string name, int limit)
    {
        RecordWriter record = Begin(RecordKind.Limit);
        record.Put(name);
        record.Put((uint)limit);
        End(ref record);
    }

    /// <summary>A program that a successor goes on with.</summary>
    public void Program(ProgramState program)
    {
        RecordWriter record = Begin(RecordKind.Program);
        record.Put(program);
        End(ref record);
    }

    /// <summary>Where a ring stands, as <see cref="StreamState"/> says.</summary>
    public void Stream(ushort domain, uint taken, ReadOnlySpan<byte> partial, uint start, ReadOnlySpan<byte> message, Queue<StoreHeader> parked)
    {
        RecordWriter record = Begin(RecordKind.Stream);
        record.Put(domain);
        record.Put(taken);
        record.Put(partial);
        record.Put(start);
        record.Put(message);
        record.Put((uint)parked.Count);
        foreach (StoreHeader request in parked)
        {
            record.Put(request.Request);
        }

        End(ref record);
    }

    public void Dispose() => _memory.Dispose();

    private static byte[] Boot()
    {
        const string BootId = "/proc/sys/kernel/random/boot_id";
        string boot = File.Exists(BootId) ? File.ReadAllText(BootId).Trim().Replace("-", "", StringComparison.Ordinal) : new string('0', 32);
        return System.Text.Encoding.ASCII.GetBytes($"store2  {boot[..Math.Min(32, boot.Length)]}");
    }

    private static void Replay(RecordKind kind, ref RecordReader record, StoreEngine engine, KeptState kept)
    {
        switch (kind)
        {
            case RecordKind.Node:
                engine.RestoreNode(record.TakeText(), record.TakeBytes(), record.TakePermissions());
                break;
            case RecordKind.Change:
                engine.RestoreChange(record.TakeActor(), record.TakeChange());
                break;
            case RecordKind.Introduced:
                _ = engine.RestoreDomain(record.TakeShort(), record.TakeLong(), record.TakeWord(), record.TakeByte() != 0, record.TakeShort());
                break;
            case RecordKind.Released:
                ushort gone = record.TakeShort();
                engine.RestoreRelease(gone);
                _ = kept.Streams.Remove(gone);
                break;
            case RecordKind.Watched:
                engine.RestoreWatch(record.TakeShort(), record.TakeText(), record.TakeText(), record.TakeCount());
                break;
            case RecordKind.Unwatched:
                engine.RestoreUnwatch(record.TakeShort(), record.TakeText(), record.TakeText());
                break;
            case RecordKind.Began:
                engine.RestoreTransaction(record.TakeShort(), record.TakeWord());
                break;
            case RecordKind.Ended:
                engine.RestoreEnd(record.TakeShort(), record.TakeWord());
                break;
            case RecordKind.Stream:
                kept.Streams[record.TakeShort()] = new StreamState(record.TakeWord(), record.TakeBytes(), record.TakeWord(), record.TakeBytes(), record.TakeWords());
                break;
            case RecordKind.Limit:
                engine.RestoreLimit(record.TakeText(), record.TakeCount());
                break;
            case RecordKind.Program:
                kept.Programs.Add(record.TakeProgram());
                break;
            default:
                throw new InvalidDataException($"a record is of no known kind ({kind})");
        }
    }

    private void PutTransaction(RecordKind kind, Client client, uint transaction)
    {
        RecordWriter record = Begin(kind);
        record.Put(client.Actor.Domain);
        record.Put(transaction);
        End(ref record);
    }

    private void WriteHead()
    {
        _boot.CopyTo(_memory.Bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(_memory.Bytes[LengthOffset..], HeadSize);
    }

    private RecordWriter Begin(RecordKind kind) => new(_isFull ? default : _memory.Bytes[_length..], kind);

    private void End(ref RecordWriter record)
    {
        int length = record.End();
        _isFull |= length == 0;
        _length += length;
    }
}
