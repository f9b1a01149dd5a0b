using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Core, socket and node of each CPU, or how many there are. <see cref="Errno.Fault"/>: they cannot be written.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.CpuTopology, WritesBack = true)]
public readonly struct SysctlGetTopology : IHypercall<SysctlTopology>
{
    public static Answer Execute(ref Vcpu caller, ref SysctlTopology arguments)
    {
        uint count = HostCpus.Highest + 1;
        if (arguments.Buffer == 0)
        {
            arguments.Count = count;
            return 0;
        }

        count = Math.Min(count, arguments.Count);
        if (!GuestHandle<SysctlCpuPlace>.From(arguments.Buffer, count).Try(out GuestHandle<SysctlCpuPlace> places, out Errno wrapped))
        {
            return wrapped;
        }

        CpuTopology topology = CpuTopology.OfHost;
        for (uint number = 0; number < count; number++)
        {
            if (!GuestMemory.Write(places, PlaceOf(in topology, number), number).Try(out Errno unwritable))
            {
                return unwritable;
            }
        }

        arguments.Count = count;
        return 0;
    }

    private static SysctlCpuPlace PlaceOf(in CpuTopology topology, uint number)
    {
        if (!HostCpus.Exists(number))
        {
            return new SysctlCpuPlace { Core = uint.MaxValue, Socket = uint.MaxValue, Node = uint.MaxValue };
        }

        if (!HostCpus.IsActive(number))
        {
            return new SysctlCpuPlace { Core = uint.MaxValue, Socket = uint.MaxValue };
        }

        uint apicId = HostCpus.Of(number).ApicId;
        return new SysctlCpuPlace { Core = topology.Core(apicId), Socket = topology.Socket(apicId) };
    }
}
