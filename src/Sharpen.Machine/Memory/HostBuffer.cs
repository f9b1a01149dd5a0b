using System;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>Contiguous memory of the hypervisor for a while: what is made in it is used before <see cref="Dispose"/>.</summary>
/// <remarks>Safety: the block is the hypervisor's from one call to the other and lies where the direct map reaches; a span from it ends with it.</remarks>
public unsafe ref struct HostBuffer
{
    private readonly Mfn _first;
    private readonly PageOrder _order;
    private bool _exists;

    private HostBuffer(Mfn first, PageOrder order)
    {
        _first = first;
        _order = order;
        _exists = true;
    }

    /// <summary>The most that can be asked for.</summary>
    public static ulong Limit => PageOrder.Max.Bytes;

    /// <summary>No memory at all.</summary>
    public static HostBuffer None => default;

    /// <summary>All bytes, at least as many as were asked for, with arbitrary contents; none after <see cref="Dispose"/>.</summary>
    public readonly Span<byte> Bytes => _exists ? new Span<byte>(DirectMap.Pointer(_first.Start), (int)_order.Bytes) : default;

    /// <summary>Takes a block. ENOMEM: there is none so large, or it would exceed <see cref="Limit"/>.</summary>
    public static Result Allocate(ulong bytes, out HostBuffer buffer)
    {
        buffer = default;
        if (bytes > Limit)
        {
            return Errno.NoMem;
        }

        PageOrder order = PageOrder.ForBytes(bytes);
        if (!FrameAllocator.AllocateForHost(order).Try(out Mfn first, out Errno error))
        {
            return error;
        }

        buffer = new HostBuffer(first, order);
        return Result.Success;
    }

    /// <summary>Gives the block back.</summary>
    public void Dispose()
    {
        if (_exists)
        {
            _exists = false;
            FrameAllocator.Free(NoLocks.Held, _first, _order);
        }
    }
}
