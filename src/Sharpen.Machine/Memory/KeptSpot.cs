using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>One structure in a page of a domain's own that the hypervisor writes from now on: a <see cref="KeptPage"/> that is followed by one load.</summary>
/// <typeparam name="T">Plain data. The guest writes it at any time: what is read is read once and checked.</typeparam>
/// <remarks>Safety: the place lies in the page that is kept with it, and is forgotten with it.</remarks>
public unsafe struct KeptSpot<T>
    where T : unmanaged, IAbiData
{
    private KeptPage _page;
    private ulong _place;

    /// <summary>The structure, or a null reference while there is none.</summary>
    public readonly ref T Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AsRef<T>((void*)_place);
    }

    /// <summary>Takes a frame, as <see cref="KeptPage.Keep"/> does; EINVAL also when the structure would not end in it.</summary>
    /// <param name="frame">The frame, as a guest may have named it.</param>
    /// <param name="offset">Where in it, in bytes.</param>
    /// <param name="owner">Whose it must be.</param>
    public Result Keep(Mfn frame, uint offset, DomainId owner)
    {
        if (offset > (uint)(PageSize.Bytes - sizeof(T)))
        {
            return Errno.Inval;
        }

        Result kept = _page.Keep(frame, owner);
        if (kept.Try(out _))
        {
            _place = (ulong)Unsafe.AsPointer(ref _page.As<T>((int)offset));
        }

        return kept;
    }

    /// <summary>Gives the frame up; nobody uses the structure any more.</summary>
    public void Release()
    {
        _place = 0;
        _page.Release();
    }
}
