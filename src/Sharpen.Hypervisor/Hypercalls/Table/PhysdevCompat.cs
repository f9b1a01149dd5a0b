using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.Table;

/// <summary>
/// The old form of <see cref="Hypercall.PhysicalDeviceOp"/>: the command stands before its structure, in memory.
/// <see cref="Errno.Fault"/>: it cannot be read.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOpCompat)]
public readonly struct PhysdevCompat : IHypercall
{
    private const ulong StructureOffset = 8;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!GuestHandle<GuestHalfWord>.From(call.First).Try(out GuestHandle<GuestHalfWord> handle, out Errno wrapped))
        {
            return wrapped;
        }

        if (!GuestMemory.Read(handle).Try(out GuestHalfWord command, out Errno unreadable))
        {
            return unreadable;
        }

        if (call.First > ulong.MaxValue - StructureOffset)
        {
            return Errno.Fault;
        }

        return HypercallTable.Dispatch(ref caller, new HypercallArguments(Hypercall.PhysicalDeviceOp, command.Value, call.First + StructureOffset));
    }
}
