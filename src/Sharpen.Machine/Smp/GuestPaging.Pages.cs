using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Smp;

/// <summary>Whole pages, and what this CPU remembers.</summary>
public ref partial struct GuestPaging
{
    private const int PageCost = 64;

    /// <summary>This CPU forgets all translations.</summary>
    public static void FlushHere() => TranslationCache.FlushLocal();

    /// <summary>This CPU forgets the translation of an address: any number.</summary>
    public static void FlushHere(GuestLinear address) => TranslationCache.FlushLocal(new HostLinear(address.Value));

    /// <summary>Writes back what this CPU, or every CPU, has cached of memory. EACCES: a domain without devices has no use for that.</summary>
    public readonly Result FlushCaches(bool everywhere)
    {
        if (!_frames.HasDevices)
        {
            return Errno.Acces;
        }

        CacheFlush.Here();
        if (everywhere)
        {
            CacheFlush.Elsewhere();
        }

        return Result.Success;
    }

    /// <summary>Says which page of its owner a frame is, in the table that guests read. EINVAL: not the domain's.</summary>
    /// <param name="frame">Any number.</param>
    /// <param name="page">Any number.</param>
    public Result SetPage(Mfn frame, ulong page)
    {
        _budget--;
        if (!FrameRef<Untyped>.Hold(frame, _pages.Owner, out FrameRef<Untyped> held).Try(out Errno error))
        {
            return error;
        }

        MachineToPhysical.Set(new FrameRange(frame, 1), page);
        held.Dispose();
        return Result.Success;
    }

    /// <summary>Fills a frame that the guest may write with zeros. EINVAL: not the domain's, or it may not write it.</summary>
    public Result Clear(Mfn frame)
    {
        _budget -= PageCost;
        if (!FrameRef<Writable>.Hold(frame, _owner, out FrameRef<Writable> held).Try(out _))
        {
            return Errno.Inval;
        }

        using (Mapped view = Mapped.Open(in held))
        {
            view.Bytes.Clear();
        }

        held.Dispose();
        return Result.Success;
    }

    /// <summary>Copies a frame that the guest may read to one that it may write. Errors as <see cref="Clear"/>.</summary>
    public Result Copy(Mfn to, Mfn from)
    {
        _budget -= PageCost;
        if (!FrameRef<Writable>.Hold(to, _owner, out FrameRef<Writable> target).Try(out _))
        {
            return Errno.Inval;
        }

        Result read = FrameRef<Untyped>.Hold(from, _owner, out FrameRef<Untyped> source);
        if (read.Try(out _))
        {
            GuestTables.CopyPage(from, to);
            source.Dispose();
        }

        target.Dispose();
        return read;
    }
}
