using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Sets model-specific registers of a vCPU; how many were set is told. <see cref="Errno.Srch"/>: no such vCPU; <see cref="Errno.Inval"/>: the caller's own
/// domain, more than there are, a register that no vCPU has of its own, or a value that it cannot have; <see cref="Errno.Fault"/>: they cannot be read.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetVcpuMsrs, WritesBack = true, WritesBackRefused = true)]
public readonly struct DomctlSetRegisters : IDomctl<DomctlRegisters>
{
    /// <summary>What RDTSCP gives beside the time.</summary>
    internal const uint TscAux = 0xc000_0103;

    private const uint MiscFeatures = 0x140;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlRegisters arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.Srch;
        }

        if (target.Id == caller.Id.Domain || arguments.Count > DomctlGetRegisters.Most)
        {
            return Errno.Inval;
        }

        using StoppedVcpu stopped = VcpuGlue.Stop(ref vcpu);
        return stopped.IsStopped ? SetAll(ref vcpu, ref arguments) : Answer.Again;
    }

    private static Result SetAll(ref Vcpu vcpu, ref DomctlRegisters arguments)
    {
        if (!GuestHandle<DomctlRegister>.From(arguments.Registers, arguments.Count).Try(out GuestHandle<DomctlRegister> list, out Errno wrapped))
        {
            return wrapped;
        }

        arguments.Count = 0;
        for (; arguments.Count < list.Count; arguments.Count++)
        {
            if (!GuestMemory.Read(list, arguments.Count).Try(out DomctlRegister one, out Errno unreadable))
            {
                return unreadable;
            }

            if (one.Reserved != 0 || !TrySet(ref vcpu, one.Number, one.Value))
            {
                return Errno.Inval;
            }
        }

        return Result.Success;
    }

    private static bool TrySet(ref Vcpu vcpu, uint number, ulong value)
    {
        if (number != TscAux)
        {
            return number == MiscFeatures && value == 0;
        }

        bool isThere = CpuFeatures.Host.TscAux && value <= uint.MaxValue;
        if (isThere)
        {
            GuestCpu.PrepareTscAux(ref vcpu.Context, (uint)value);
        }

        return isThere;
    }
}
