using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Memory;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Memory and distances of the nodes, or how many there are; the memory is not told apart, so there is one. <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.NumaInfo, WritesBack = true)]
public readonly struct SysctlGetNuma : IHypercall<SysctlNuma>
{
    private const uint Here = 10;

    public static Answer Execute(ref Vcpu caller, ref SysctlNuma arguments)
    {
        bool onlyCounts = arguments.Memory == 0 && arguments.Distances == 0;
        uint count = onlyCounts ? 1 : Math.Min(arguments.Count, 1);
        if (count != 0 && arguments.Memory != 0)
        {
            MemoryStatistics memory = FrameAllocator.Statistics;
            SysctlNode node = new() { Bytes = Math.Max(HostMap.RamFrames, memory.TotalFrames) * PageSize.Bytes, FreeBytes = memory.FreeFrames * PageSize.Bytes };
            if (!GuestHandle<SysctlNode>.From(arguments.Memory).Try(out GuestHandle<SysctlNode> place, out Errno wrapped)
                || !GuestMemory.Write(place, node).Try(out wrapped))
            {
                return wrapped;
            }
        }

        if (count != 0 && arguments.Distances != 0)
        {
            if (!GuestHandle<GuestHalfWord>.From(arguments.Distances).Try(out GuestHandle<GuestHalfWord> place, out Errno wrapped)
                || !GuestMemory.Write(place, new GuestHalfWord(Here)).Try(out wrapped))
            {
                return wrapped;
            }
        }

        arguments.Count = count;
        return 0;
    }
}
