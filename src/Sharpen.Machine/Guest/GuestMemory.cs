using System;
using System.Runtime.CompilerServices;
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
    /// <summary>
    /// This CPU's place for a value that is on its way from or to a guest, whatever it holds: nothing has to be cleared for it as for a
    /// local. It is good until somebody else uses it, so between filling and using it nothing is called that might.
    /// </summary>
    /// <typeparam name="T">Plain data, at most 128 bytes.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Passing<T>()
        where T : unmanaged, IAbiData
    {
        Bug.Unless(sizeof(T) <= PassingBytes);
        return ref *(T*)PassingPlace();
    }

    /// <summary>Fills one value from an address. False when any byte of it cannot be read; it may be filled in part.</summary>
    /// <typeparam name="T">Plain data.</typeparam>
    /// <param name="from">Where it is.</param>
    /// <param name="value">A local of the caller's, or <see cref="Passing{T}"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFill<T>(GuestLinear from, ref T value)
        where T : unmanaged, IAbiData =>
        from.HoldsGuest((ulong)sizeof(T)) && CopyIn((byte*)Unsafe.AsPointer(ref value), from, sizeof(T));

    /// <summary>One value at an address. False, and all zero, when any byte of it cannot be read.</summary>
    /// <typeparam name="T">Plain data.</typeparam>
    /// <remarks>Safety: the value is a local of the caller's; it is filled before anybody sees it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead<T>(GuestLinear from, out T value)
        where T : unmanaged, IAbiData
    {
        Unsafe.SkipInit(out value);
        if (from.HoldsGuest((ulong)sizeof(T)) && CopyIn((byte*)Unsafe.AsPointer(ref value), from, sizeof(T)))
        {
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Writes one value to an address. False when any byte of it cannot be written; some may have been.</summary>
    /// <typeparam name="T">Plain data.</typeparam>
    /// <param name="to">Where what is written begins.</param>
    /// <param name="value">A local of the caller's, or <see cref="Passing{T}"/>.</param>
    /// <param name="without">So many bytes of its beginning are left out.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryWrite<T>(GuestLinear to, ref readonly T value, int without = 0)
        where T : unmanaged, IAbiData
    {
        Bug.Unless((uint)without < (uint)sizeof(T));
        return to.HoldsGuest((ulong)(uint)(sizeof(T) - without))
            && CopyOut(to, (byte*)Unsafe.AsPointer(in value) + without, sizeof(T) - without);
    }

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

    /// <summary>Values that lie one behind the other, as many as the span holds. <see cref="Errno.Fault"/> when any byte of them cannot be read; some may have been.</summary>
    /// <typeparam name="T">Plain data.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Result ReadList<T>(GuestHandle<T> handle, ulong index, scoped Span<T> to)
        where T : unmanaged, IAbiData
    {
        if (index > handle.Count || (ulong)(uint)to.Length > handle.Count - index)
        {
            return Errno.Fault;
        }

        int bytes = unchecked(to.Length * sizeof(T));
        fixed (T* first = to)
        {
            return Reach(handle.At(index), bytes) && CopyIn((byte*)first, handle.At(index), bytes) ? Result.Success : Errno.Fault;
        }
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

    private const int PassingBytes = 128;

    private static partial byte* PassingPlace();

    private static bool Reach(GuestLinear start, int bytes) => start.HoldsGuest((ulong)bytes);

    private static partial bool CopyIn(byte* to, GuestLinear from, int bytes);

    private static partial bool CopyOut(GuestLinear to, byte* from, int bytes);
}
