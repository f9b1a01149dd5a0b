using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// A list of operations on grants: second argument where, third how many. Each is written back with its status; the same call is made
/// again for the rest when it takes long. Source: <c>grant_table.h</c>.
/// </summary>
/// <typeparam name="T">An operation.</typeparam>
internal struct GrantBatch<T>
    where T : unmanaged, IAbiData
{
    private readonly GuestHandle<T> _list;
    private readonly ulong _command;
    private readonly uint _count;

    private GrantBatch(GuestHandle<T> list, ulong command, uint count)
    {
        _list = list;
        _command = command;
        _count = count;
        Index = 0;
    }

    /// <summary>The operation that is next.</summary>
    internal uint Index { get; set; }

    /// <summary>How many there are left.</summary>
    internal readonly uint Left => _count - Index;

    /// <summary>Decodes the arguments. EINVAL: a number below zero; EFAULT.</summary>
    internal static Result Begin(in HypercallArguments call, out GrantBatch<T> batch)
    {
        batch = default;
        uint count = unchecked((uint)call.Third);
        if (count > int.MaxValue)
        {
            return Errno.Inval;
        }

        if (!GuestHandle<T>.From(call.Second, count).Try(out GuestHandle<T> list, out Errno wrapped))
        {
            return wrapped;
        }

        batch = new GrantBatch<T>(list, call.First, count);
        return Result.Success;
    }

    /// <summary>The one operation of a call that takes no list. EINVAL: not one; EFAULT.</summary>
    internal static Result<T> ReadOne(in HypercallArguments call, out GrantBatch<T> batch)
    {
        if (!Begin(in call, out batch).Try(out Errno error))
        {
            return error;
        }

        return batch._count == 1 ? batch.Read(0) : Errno.Inval;
    }

    /// <summary>Fills the operation that is next. False: EFAULT.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly bool TryFill(ref T operation) => GuestMemory.TryFill(Next, ref operation);

    /// <summary>Writes the operation that is next back. False: EFAULT.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly bool TryWrite(ref readonly T operation) => GuestMemory.TryWrite(Next, in operation);

    private readonly GuestLinear Next => _list.Start + unchecked((ulong)Index * (ulong)Layout.SizeOf<T>());

    /// <summary>An operation of the list. EFAULT.</summary>
    internal readonly Result<T> Read(uint index) => GuestMemory.Read(_list, index);

    /// <summary>Writes an operation back. EFAULT.</summary>
    internal readonly Result Write(uint index, T operation) => GuestMemory.Write(_list, operation, index);

    /// <summary>Makes the call again for what is left.</summary>
    internal readonly Answer Repeat() =>
        Answer.AgainWith(_command, unchecked(_list.Start.Value + ((ulong)Index * (ulong)Layout.SizeOf<T>())), Left);
}
