using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Tells the model-specific registers of a vCPU that are its own and not zero; without a list, the most that there can be. <see cref="Errno.Srch"/>: no such
/// vCPU; <see cref="Errno.NoBufs"/>: too little room, how many there are is told; <see cref="Errno.Fault"/>: they cannot be written.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetVcpuMsrs, WritesBack = true, WritesBackRefused = true)]
public readonly struct DomctlGetRegisters : IDomctl<DomctlRegisters>
{
    /// <summary>The most registers that Xen lists.</summary>
    internal const uint Most = 7;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlRegisters arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.Srch;
        }

        if (arguments.Registers == 0)
        {
            arguments.Count = Most;
            return 0;
        }

        uint room = arguments.Count;
        arguments.Count = vcpu.Context.TscAux != 0 ? 1U : 0;
        if (arguments.Count == 0)
        {
            return 0;
        }

        DomctlRegister one = new() { Number = DomctlSetRegisters.TscAux, Value = vcpu.Context.TscAux };
        Result written = GuestHandle<DomctlRegister>.From(arguments.Registers).Try(out GuestHandle<DomctlRegister> list, out Errno wrapped) && room != 0
            ? GuestMemory.Write(list, one) : wrapped;
        return room == 0 ? Errno.NoBufs : written;
    }
}
