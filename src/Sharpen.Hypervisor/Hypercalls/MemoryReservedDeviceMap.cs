using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Says how many ranges of pages devices insist on: none. <see cref="Errno.Inval"/>: unknown flags.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.ReservedDeviceMemoryMap, WritesBack = true)]
public readonly struct MemoryReservedDeviceMap : IHypercall<ReservedDeviceMap>
{
    private const uint All = 1;

    public static Answer Execute(ref Vcpu caller, ref ReservedDeviceMap arguments)
    {
        if (arguments.Flags > All)
        {
            return Errno.Inval;
        }

        arguments.Entries = 0;
        return 0;
    }
}
