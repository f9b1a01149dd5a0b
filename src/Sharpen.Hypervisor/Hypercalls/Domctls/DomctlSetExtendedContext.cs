using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Sets what else a vCPU has: entry points for 32-bit code and, if the structure is long enough to hold them, registers about machine checks, which
/// are only kept. <see cref="Errno.Srch"/>: no such vCPU, or one of the caller's own domain; <see cref="Errno.Inval"/>: too short a structure, an address
/// that no guest has, or machine checks of which there are none.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetExtVcpucontext)]
public readonly struct DomctlSetExtendedContext : IDomctl<DomctlExtendedContext>
{
    private const uint BytesWithoutChecks = 32;
    private const ulong KnownCapabilities = 0x1ff;
    private const ushort RingMask = 3;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlExtendedContext arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (Refs.IsNull(ref vcpu) || target.Id == caller.Id.Domain)
        {
            return Errno.Srch;
        }

        bool hasChecks = arguments.Size >= (uint)Layout.SizeOf<DomctlExtendedContext>();
        GuestLinear entry = new(arguments.SyscallEntry);
        bool isSound = arguments.Size >= BytesWithoutChecks && entry.IsGuest && new GuestLinear(arguments.SysenterEntry).IsGuest
            && (!hasChecks || (arguments.CheckCapabilities & ~KnownCapabilities) == 0);
        if (!isSound)
        {
            return Errno.Inval;
        }

        using Locked<DomainRank> held = target.Lock.Enter(NoLocks.Held);
        vcpu.Entries.Syscall32 = entry;
        vcpu.Entries.Syscall32MasksEvents = arguments.SyscallMasksEvents != 0;
        ref VcpuExtras extras = ref vcpu.Extras;
        extras.SyscallSelector = (ushort)(arguments.SyscallSelector | RingMask);
        extras.SysenterEntry = arguments.SysenterEntry;
        extras.SysenterSelector = (ushort)(arguments.SysenterSelector | RingMask);
        extras.SysenterMasksEvents = arguments.SysenterMasksEvents != 0;
        if (hasChecks)
        {
            extras.CheckCapabilities = arguments.CheckCapabilities ^ DomctlGetExtendedContext.UsualCapabilities;
            extras.CheckControl0 = arguments.CheckControl0;
            extras.CheckControl1 = arguments.CheckControl1;
            extras.CheckExtended = arguments.CheckExtended;
        }

        return 0;
    }
}
