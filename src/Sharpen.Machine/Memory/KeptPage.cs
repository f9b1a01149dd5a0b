using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>A page of a domain's own that the hypervisor writes from now on, where the domain said: a vCPU's information, for one.</summary>
/// <remarks>It is never copied. The hold as writable keeps the frame from being freed and from becoming a page table until <see cref="Release"/>.</remarks>
public unsafe struct KeptPage
{
    private Mfn _frame;
    private ulong _start;

    /// <summary>True between <see cref="Keep"/> and <see cref="Release"/>.</summary>
    public readonly bool Exists => _frame.Value != 0;

    /// <summary>Takes a frame. EINVAL: not one of that domain; EBUSY: a page table; ENOMEM: out of the direct map's reach; EEXIST: there is one.</summary>
    /// <param name="frame">The frame, as a guest may have named it.</param>
    /// <param name="owner">Whose it must be.</param>
    public Result Keep(Mfn frame, DomainId owner)
    {
        if (Exists)
        {
            return Errno.Exist;
        }

        if (!FrameRef<Writable>.Hold(frame, owner, out FrameRef<Writable> held).Try(out Errno error))
        {
            return error;
        }

        Result kept = DirectMap.Reaches(frame) ? held.Keep() : Errno.NoMem;
        held.Dispose();
        if (kept.Try(out _))
        {
            _frame = frame;
            _start = (ulong)DirectMap.Pointer(frame.Start);
        }

        return kept;
    }

    /// <summary>A structure in the page. The guest writes it at any time: what is read is read once and checked.</summary>
    /// <typeparam name="T">Plain data.</typeparam>
    /// <param name="offset">In bytes; all of the structure lies in the page.</param>
    /// <remarks>Safety: the direct map reaches the frame, and the hold lasts until <see cref="Release"/>; the reference ends with the visit.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref T As<T>(int offset)
        where T : unmanaged, IAbiData
    {
        Bug.Unless(_start != 0 && (uint)offset <= (uint)(PageSize.Bytes - sizeof(T)));
        return ref Unsafe.AsRef<T>((void*)unchecked(_start + (uint)offset));
    }

    /// <summary>Gives the frame up; nobody uses the page any more.</summary>
    public void Release()
    {
        if (Exists)
        {
            FrameRef<Writable>.Release(_frame);
            _frame = default;
            _start = 0;
        }
    }
}
