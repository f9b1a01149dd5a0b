using System;
using System.Buffers.Binary;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.HypFs;

/// <summary>
/// Reads an entry of the hypervisor's file system: what it is, then what it holds. Arguments: the path and its bytes, a buffer and its bytes.
/// <see cref="Errno.Inval"/>: no path, or no room even for what the entry is; <see cref="Errno.NoEnt"/>: there is none; <see cref="Errno.NoBufs"/>: no room
/// for what it holds, what it is has been written; <see cref="Errno.Fault"/>; <see cref="Errno.Perm"/>: not for this caller.
/// </summary>
[Hypercall(Hypercall.HypFsOp, HypFsCommand.Read, Privileged = true)]
public readonly struct HypFsRead : IHypercall
{
    private const int EntryBytes = 12;
    private const int NameOffset = EntryBytes + sizeof(ushort);
    private const int NameUnit = 4;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!HypFsPath.TryFind(call.Second, call.Third, out HypFsNode node, out Errno refused))
        {
            return refused;
        }

        if (call.Fifth < EntryBytes)
        {
            return Errno.Inval;
        }

        Fixed64<byte> value = default;
        HypFsEntry entry = Describe(node, value.Span);
        GuestLinear to = new(call.Fourth);
        Result written = GuestMemory.WriteBytes(to, Layout.BytesOf(ref entry));
        if (!written.Try(out _) || call.Fifth - EntryBytes < entry.Length)
        {
            return written.Try(out _) ? Errno.NoBufs : written;
        }

        return entry.Type == HypFsType.Directory ? WriteList(node, to + EntryBytes)
            : GuestMemory.WriteBytes(to + EntryBytes, value.Span.Slice(0, (int)entry.Length));
    }

    // What the entry is, and what it holds if it is no directory.
    private static HypFsEntry Describe(HypFsNode node, Span<byte> value)
    {
        HypFsRow row = HypFsTree.Row(node);
        uint length = 0;
        if (row.Type == HypFsType.Directory)
        {
            for (HypFsNode child = HypFsTree.ChildAfter(node, HypFsNode.Root); child < HypFsNode.Count; child = HypFsTree.ChildAfter(node, child))
            {
                length += (uint)BytesFor(child);
            }
        }
        else
        {
            length = (uint)HypFsValue.Read(node, value);
        }

        return new HypFsEntry { Type = row.Type, Length = length, MostWritten = row.MostWritten };
    }

    // Each with how far the next one is, which is zero for the last.
    private static Result WriteList(HypFsNode directory, GuestLinear to)
    {
        HypFsNode child = HypFsTree.ChildAfter(directory, HypFsNode.Root);
        Result written = Result.Success;
        while (child < HypFsNode.Count && written.Try(out _))
        {
            HypFsNode next = HypFsTree.ChildAfter(directory, child);
            int bytes = BytesFor(child);
            Fixed64<byte> line = default;
            HypFsEntry entry = Describe(child, line.Span);
            line = default;
            Layout.BytesOf(ref entry).CopyTo(line.Span);
            BinaryPrimitives.WriteUInt16LittleEndian(line.Span.Slice(EntryBytes), next < HypFsNode.Count ? (ushort)bytes : (ushort)0);
            HypFsTree.Row(child).Name.CopyTo(line.Span.Slice(NameOffset));
            written = GuestMemory.WriteBytes(to, line.Span.Slice(0, bytes));
            to += (ulong)(uint)bytes;
            child = next;
        }

        return written;
    }

    private static int BytesFor(HypFsNode child) => NameOffset + ((HypFsTree.Row(child).Name.Length + NameUnit) / NameUnit * NameUnit);
}
