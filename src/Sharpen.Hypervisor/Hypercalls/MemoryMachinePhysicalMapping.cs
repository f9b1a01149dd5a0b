using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Memory;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Says where guests find the machine-to-physical table, and the last frame that has an entry.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.MachinePhysicalMapping)]
public readonly struct MemoryMachinePhysicalMapping : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        MachinePhysicalMapping mapping = new() { Start = MachineToPhysical.Start, End = MachineToPhysical.End, MaxMfn = Math.Max(HostMap.RamEnd.Value, 1) - 1 };
        return GuestHandle<MachinePhysicalMapping>.From(call.Second).Try(out GuestHandle<MachinePhysicalMapping> place, out Errno error)
            ? GuestMemory.Write(place, mapping) : error;
    }
}
