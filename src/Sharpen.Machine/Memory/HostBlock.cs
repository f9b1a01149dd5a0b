using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>Memory of the hypervisor that it needs because of a domain, for as long as the domain wants it. Lies in the domain and is never copied; all zero: none.</summary>
/// <remarks>Safety: the block is the hypervisor's from <see cref="Allocate"/> to <see cref="Release"/> and lies where the direct map reaches.</remarks>
public unsafe struct HostBlock
{
    private Mfn _first;
    private byte _order;

    /// <summary>True between <see cref="Allocate"/> and <see cref="Release"/>.</summary>
    public readonly bool Exists => _first.Value != 0;

    /// <summary>What it takes.</summary>
    public readonly ulong Frames => Exists ? new PageOrder(_order).Frames : 0;

    /// <summary>Takes cleared memory. ENOMEM; EEXIST when there is some.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="bytes">At least so much.</param>
    public Result Allocate(scoped in Locked<DomainRank> held, ulong bytes)
    {
        if (Exists)
        {
            return Errno.Exist;
        }

        PageOrder order = PageOrder.ForBytes(bytes);
        if (!FrameAllocator.Allocate(held, order, FrameOptions.Cleared).Try(out Mfn first, out Errno error))
        {
            return error;
        }

        _first = first;
        _order = (byte)order.Value;
        return Result.Success;
    }

    /// <summary>All of it as values; the span ends with the visit.</summary>
    /// <typeparam name="T">Plain data.</typeparam>
    public readonly Span<T> Items<T>()
        where T : unmanaged, IAbiData =>
        Exists ? MemoryMarshal.CreateSpan(ref *(T*)DirectMap.Pointer(_first.Start), (int)(new PageOrder(_order).Bytes / (ulong)sizeof(T))) : default;

    /// <summary>Gives it back. False: there was none.</summary>
    /// <param name="held">The domain's lock.</param>
    public bool Release(scoped in Locked<DomainRank> held)
    {
        if (!Exists)
        {
            return false;
        }

        FrameAllocator.Free(held, _first, new PageOrder(_order));
        _first = default;
        return true;
    }
}
