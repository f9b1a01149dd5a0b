using System;
using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.HypFs;

/// <summary>A path that a caller names.</summary>
internal static class HypFsPath
{
    /// <summary><c>XEN_HYPFS_MAX_PATHLEN</c>, and the longest that there is here.</summary>
    private const ulong Longest = 1024;

    /// <summary>
    /// The entry of a path in guest memory. <see cref="Errno.Inval"/>: no or too many bytes, the first is no slash, or the last
    /// is not the only zero; <see cref="Errno.Fault"/>: they cannot be read; <see cref="Errno.NoEnt"/>: there is no such entry.
    /// </summary>
    internal static bool TryFind(ulong address, ulong bytes, out HypFsNode node, out Errno refused)
    {
        node = default;
        refused = Errno.Inval;
        if (bytes is 0 or > Longest)
        {
            return false;
        }

        Fixed128<byte> copy = default;
        Span<byte> path = copy.Span.Slice(0, (int)Math.Min(bytes, (ulong)Fixed128<byte>.Length));
        if (!GuestMemory.ReadBytes(new GuestLinear(address), path).Try(out refused))
        {
            return false;
        }

        if ((ulong)path.Length != bytes)
        {
            refused = Errno.NoEnt;      // no name here is so long
            return false;
        }

        refused = path.IndexOf((byte)0) == path.Length - 1 && path[0] == (byte)'/' ? Errno.NoEnt : Errno.Inval;
        return refused == Errno.NoEnt && HypFsTree.TryFind(path.Slice(0, path.Length - 1), out node);
    }
}
