using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>Tells how many CPUs idle to save power: none. <see cref="Errno.OpNotSupp"/>: to let some; <see cref="Errno.Inval"/>: anything else.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.ParkCores, WritesBack = true)]
public readonly struct PlatformParkCores : IHypercall<PlatformParking>
{
    private const uint Set = 1;
    private const uint Get = 2;

    public static Answer Execute(ref Vcpu caller, ref PlatformParking arguments)
    {
        switch (arguments.Type)
        {
            case Set:
                return arguments.Idle == 0 ? 0 : Errno.OpNotSupp;
            case Get:
                arguments.Idle = 0;
                return 0;
            default:
                return Errno.Inval;
        }
    }
}
