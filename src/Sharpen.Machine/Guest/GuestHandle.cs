using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Guest;

/// <summary>A guest's claim that <see cref="Count"/> values lie at an address. Inert: only <see cref="GuestMemory"/> can act on it.</summary>
/// <typeparam name="T">The value, laid out as the ABI says.</typeparam>
public readonly struct GuestHandle<T>
    where T : unmanaged
{
    public readonly GuestLinear Start;
    public readonly ulong Count;

    private GuestHandle(ulong address, ulong count)
    {
        Start = new GuestLinear(address);
        Count = count;
    }

    /// <summary>The one place that looks for wrap: <see cref="Errno.Fault"/> when the values would run past the end of the address space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Result<GuestHandle<T>> From(ulong address, ulong count = 1) =>
        count <= (ulong.MaxValue - address) / (ulong)Layout.SizeOf<T>() ? new GuestHandle<T>(address, count) : Errno.Fault;

    /// <summary>Where the value of an index below <see cref="Count"/> begins.</summary>
    internal GuestLinear At(ulong index) => Start + unchecked(index * (ulong)Layout.SizeOf<T>());
}
