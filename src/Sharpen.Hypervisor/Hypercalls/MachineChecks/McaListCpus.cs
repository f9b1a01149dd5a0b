using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Hypercalls.MachineChecks;

/// <summary>Describes the CPUs, or tells how many there are. <see cref="Errno.Fault"/>: they cannot be written.</summary>
[Hypercall(Hypercall.Arch0, McaCommand.GetCpuInfo, WritesBack = true)]
public readonly struct McaListCpus : IHypercall<McaCpus>
{
    public static Answer Execute(ref Vcpu caller, ref McaCpus arguments)
    {
        uint count = HostCpus.Highest + 1;
        if (arguments.Buffer != 0)
        {
            count = Math.Min(count, arguments.Count);
            if (!GuestHandle<McaCpu>.From(arguments.Buffer, count).Try(out GuestHandle<McaCpu> places, out Errno wrapped))
            {
                return wrapped;
            }

            for (uint number = 0; number < count; number++)
            {
                if (!GuestMemory.Write(places, Describe(number), number).Try(out Errno unwritable))
                {
                    return unwritable;
                }
            }
        }

        arguments.Count = count;
        return 0;
    }

    private static McaCpu Describe(uint number)
    {
        CpuTopology topology = CpuTopology.OfHost;
        CpuVersion version = CpuVersion.OfHost;
        uint apicId = HostCpus.Exists(number) ? HostCpus.Of(number).ApicId : uint.MaxValue;
        McaCpu cpu = new()
        {
            Cpu = number,
            Socket = topology.Socket(apicId),
            Core = (ushort)(topology.Core(apicId) & ushort.MaxValue),
            Thread = (ushort)(topology.Thread(apicId) & ushort.MaxValue),
            ApicId = apicId,
            Cores = topology.CoresPerSocket,
            ActiveCores = topology.CoresPerSocket,
            Threads = topology.ThreadsPerCore,
            HighestLeaf = version.HighestLeaf,
            Family = version.Family,
            Vendor = version.Vendor,
            Model = version.Model,
            Stepping = version.Stepping,
        };
        version.VendorName.CopyTo(Layout.BytesOf(ref cpu.VendorName));
        version.Brand.CopyTo(Layout.BytesOf(ref cpu.Brand));
        return cpu;
    }
}
