using System;
using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>Reads and writes a domain's memory by its own addresses, for a debugger.</summary>
public static unsafe class GuestView
{
    /// <summary>Reads what lies within one page. EFAULT: nothing of that domain's is there.</summary>
    /// <param name="root">The page tables; held.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="address">Any number.</param>
    /// <param name="to">Not more than is left of the page.</param>
    public static Result Read(scoped in FrameRef<L4Table> root, DomainId owner, ulong address, Span<byte> to)
    {
        if (!GuestTables.TryTranslate(root, address, out Mfn frame, out _) || !FrameRef<Untyped>.Hold(frame, owner, out FrameRef<Untyped> held).Try(out _))
        {
            return Errno.Fault;
        }

        byte* page = GuestTables.View(held.Mfn);
        new ReadOnlySpan<byte>(page, PageSize.Bytes).Slice(Offset(address), to.Length).CopyTo(to);
        GuestTables.EndView(held.Mfn, page);
        held.Dispose();
        return Result.Success;
    }

    /// <summary>Writes within one page, even one that the domain's own tables do not let it write. EFAULT: as above, or the page is not to be written.</summary>
    /// <param name="root">The page tables; held.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="address">Any number.</param>
    /// <param name="from">Not more than is left of the page.</param>
    public static Result Write(scoped in FrameRef<L4Table> root, DomainId owner, ulong address, ReadOnlySpan<byte> from)
    {
        if (!GuestTables.TryTranslate(root, address, out Mfn frame, out _) || !FrameRef<Writable>.Hold(frame, owner, out FrameRef<Writable> held).Try(out _))
        {
            return Errno.Fault;
        }

        Mapped page = Mapped.Open(in held);
        from.CopyTo(page.Bytes.Slice(Offset(address)));
        page.Dispose();
        held.Dispose();
        return Result.Success;
    }

    private static int Offset(ulong address) => (int)(address & PageSize.OffsetMask);
}
