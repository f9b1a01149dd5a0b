using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.Physdev;

/// <summary>
/// Says which ports user code on the calling vCPU may use without privilege. <see cref="Errno.Inval"/>: more ports than there are, or a bitmap where
/// no guest has memory.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.SetIoBitmap)]
public readonly struct PhysdevSetUserPorts : IHypercall<PhysdevSetIoBitmap>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevSetIoBitmap arguments)
    {
        if (arguments.Ports > IoPermissions.PortLimit || !new GuestLinear(arguments.Bitmap).HoldsGuest((arguments.Ports + 7) / 8))
        {
            return Errno.Inval;
        }

        caller.Virtual.IoBitmap = arguments.Bitmap;
        caller.Virtual.IoBitmapPorts = arguments.Ports;
        return 0;
    }
}
