using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.HypFs;

/// <summary>
/// Changes what an entry of the hypervisor's file system holds: options of the command line, while the host runs. Arguments: the path and its bytes, a
/// text and its bytes. <see cref="Errno.NoEnt"/>: no such entry; <see cref="Errno.Acces"/>: it cannot be changed; <see cref="Errno.Dom"/>: the last byte is
/// not the only zero; <see cref="Errno.Inval"/>: no such value, or no path; <see cref="Errno.Fault"/>; <see cref="Errno.Perm"/>: not for this caller.
/// </summary>
[Hypercall(Hypercall.HypFsOp, HypFsCommand.WriteContents, Privileged = true)]
public readonly struct HypFsWrite : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!HypFsPath.TryFind(call.Second, call.Third, out HypFsNode node, out Errno refused))
        {
            return refused;
        }

        uint most = HypFsTree.Row(node).MostWritten;
        if (most == 0 || call.Fifth == 0 || call.Fifth > most)
        {
            return most == 0 ? Errno.Acces : call.Fifth == 0 ? Errno.Dom : Errno.Inval;
        }

        Fixed64<byte> copy = default;
        Span<byte> text = copy.Span.Slice(0, (int)call.Fifth);
        if (!GuestMemory.ReadBytes(new GuestLinear(call.Fourth), text).Try(out Errno unreadable))
        {
            return unreadable;
        }

        int end = text.IndexOf((byte)0);
        return end != text.Length - 1 ? Errno.Dom : HypFsValue.Write(node, text.Slice(0, end));
    }
}
