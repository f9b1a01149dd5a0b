using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>The node of each device: none for those that were reported, and a number that says so for others. <see cref="Errno.Inval"/>: no list; <see cref="Errno.Fault"/>: it cannot be read or written.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.PciTopology, WritesBack = true)]
public readonly struct SysctlGetPciTopology : IHypercall<SysctlPci>
{
    private const uint NoNode = uint.MaxValue;
    private const uint NoDevice = uint.MaxValue - 1;
    private const uint MostAtOnce = 256;

    public static Answer Execute(ref Vcpu caller, ref SysctlPci arguments)
    {
        if (arguments.Count == 0 || arguments.Devices == 0 || arguments.Nodes == 0)
        {
            return Errno.Inval;
        }

        uint count = Math.Min(arguments.Count, MostAtOnce);
        if (!GuestHandle<PhysdevPciDevice>.From(arguments.Devices, count).Try(out GuestHandle<PhysdevPciDevice> devices, out Errno wrapped)
            || !GuestHandle<GuestHalfWord>.From(arguments.Nodes, count).Try(out GuestHandle<GuestHalfWord> nodes, out wrapped))
        {
            return wrapped;
        }

        for (uint index = 0; index < count; index++)
        {
            if (!GuestMemory.Read(devices, index).Try(out PhysdevPciDevice device, out Errno refused))
            {
                return refused;
            }

            uint node = PciDevices.IsKnown(device.Segment, device.Bus, device.DevFn) ? NoNode : NoDevice;
            if (!GuestMemory.Write(nodes, new GuestHalfWord(node), index).Try(out refused))
            {
                return refused;
            }
        }

        arguments.Count = count;
        return 0;
    }
}
