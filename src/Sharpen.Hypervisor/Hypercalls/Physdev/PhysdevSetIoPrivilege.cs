using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Physdev;

/// <summary>Says which privilege the use of ports takes on the calling vCPU. <see cref="Errno.Inval"/>: above 3.</summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.SetIopl)]
public readonly struct PhysdevSetIoPrivilege : IHypercall<PhysdevSetIopl>
{
    private const uint Highest = 3;

    public static Answer Execute(ref Vcpu caller, ref PhysdevSetIopl arguments)
    {
        if (arguments.Iopl > Highest)
        {
            return Errno.Inval;
        }

        caller.Virtual.IoPrivilege = (byte)arguments.Iopl;
        return 0;
    }
}
