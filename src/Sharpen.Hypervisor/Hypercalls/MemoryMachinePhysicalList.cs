using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Memory;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Lists the frames that the machine-to-physical table lies in: the first of each 2 MiB, or 0 for a hole. <see cref="Errno.Fault"/>: the list cannot be written.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.MachinePhysicalList, WritesBack = true)]
public readonly struct MemoryMachinePhysicalList : IHypercall<MachinePhysicalList>
{
    private const int FramesShift = 18;

    public static Answer Execute(ref Vcpu caller, ref MachinePhysicalList arguments)
    {
        ulong parts = (HostMap.RamEnd.Value + ((1UL << FramesShift) - 1)) >> FramesShift;
        ulong count = Math.Min(parts, arguments.MaxExtents);
        if (!GuestHandle<GuestWord>.From(arguments.ExtentStart, count).Try(out GuestHandle<GuestWord> list, out Errno wrapped))
        {
            return wrapped;
        }

        for (ulong part = 0; part < count; part++)
        {
            Mfn first = MachineToPhysical.Part(part);
            if (!GuestMemory.Write(list, new GuestWord(first.IsInvalid ? 0 : first.Value), part).Try(out Errno unwritable))
            {
                return unwritable;
            }
        }

        arguments.Extents = (uint)count;
        return 0;
    }
}
