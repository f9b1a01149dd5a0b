using System;
using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Guest;

/// <summary>
/// Copies between the hypervisor and the address space of the guest that this CPU is serving. A copy is all there is: no
/// reference into guest memory leaves this class, so what was checked cannot change afterwards.
/// </summary>
/// <remarks>
/// Safety: the range is checked against the hypervisor's own before every copy, and the copy itself ends at the first page
/// that the guest could not have reached, through a fix-up in the stub.
/// </remarks>
public static unsafe partial class GuestMemory
{
    /// <summary>One value. <see cref="Errno.Fault"/> when any byte of it cannot be read.</summary>
    /// <typeparam name="T">Plain data.</typeparam>
    public static Result<T> Read<T>(GuestHandle<T> handle, ulong index = 0)
        where T : unmanaged, IAbiData
    {
        if (index >= handle.Count)
        {
            return Errno.Fault;
        }

        T value;
        return Reach(handle.At(index), sizeof(T)) && CopyIn((byte*)&value, handle.At(index), sizeof(T)) ? value : Errno.Fault;
    }

    /// <summary>One value. <see cref="Errno.Fault"/> when any byte of it cannot be written; some may have been.</summary>
    /// <typeparam name="T">Plain data.</typeparam>
    public static Result Write<T>(GuestHandle<T> handle, T value, ulong index = 0)
        where T : unmanaged, IAbiData
    {
        if (index >= handle.Count)
        {
            return Errno.Fault;
        }

        return Reach(handle.At(index), sizeof(T)) && CopyOut(handle.At(index), (byte*)&value, sizeof(T)) ? Result.Success : Errno.Fault;
    }

    /// <summary>One value, in place: the bytes between its fields too, so that it can be written back as it came. <see cref="Errno.Fault"/> as for <see cref="Read{T}"/>.</summary>
    /// <typeparam name="T">Plain data.</typeparam>
    public static Result ReadInPlace<T>(GuestHandle<T> handle, ref T value)
        where T : unmanaged, IAbiData
    {
        fixed (T* place = &value)
        {
            return handle.Count != 0 && Reach(handle.Start, sizeof(T)) && CopyIn((byte*)place, handle.Start, sizeof(T)) ? Result.Success : Errno.Fault;
        }
    }

    /// <summary>Writes back what <see cref="ReadInPlace{T}"/> read, changed or not; nothing of ours lies between the fields.</summary>
    /// <typeparam name="T">Plain data.</typeparam>
    public static Result WriteInPlace<T>(GuestHandle<T> handle, ref T value)
        where T : unmanaged, IAbiData
    {
        fixed (T* place = &value)
        {
            return handle.Count != 0 && Reach(handle.Start, sizeof(T)) && CopyOut(handle.Start, (byte*)place, sizeof(T)) ? Result.Success : Errno.Fault;
        }
    }

    /// <summary>Fills the whole span. <see cref="Errno.Fault"/> when any byte cannot be read; some may have been.</summary>
    public static Result ReadBytes(GuestLinear from, Span<byte> to)
    {
        fixed (byte* first = to)
        {
            return Reach(from, to.Length) && CopyIn(first, from, to.Length) ? Result.Success : Errno.Fault;
        }
    }

    /// <summary>Writes the whole span. <see cref="Errno.Fault"/> when any byte cannot be written; some may have been.</summary>
    public static Result WriteBytes(GuestLinear to, ReadOnlySpan<byte> from)
    {
        fixed (byte* first = from)
        {
            return Reach(to, from.Length) && CopyOut(to, first, from.Length) ? Result.Success : Errno.Fault;
        }
    }

    private static bool Reach(GuestLinear start, int bytes) => start.HoldsGuest((ulong)bytes);

    private static partial bool CopyIn(byte* to, GuestLinear from, int bytes);

    private static partial bool CopyOut(GuestLinear to, byte* from, int bytes);
}
