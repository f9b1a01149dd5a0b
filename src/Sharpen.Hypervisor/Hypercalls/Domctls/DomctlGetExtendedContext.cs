using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Tells what else a vCPU has: entry points for 32-bit code and registers about machine checks. <see cref="Errno.Srch"/>: no such vCPU, or the caller.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetExtVcpucontext, WritesBack = true)]
public readonly struct DomctlGetExtendedContext : IDomctl<DomctlExtendedContext>
{
    /// <summary>How many banks a guest sees.</summary>
    internal const ulong UsualCapabilities = 2;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlExtendedContext arguments)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref target, arguments.Vcpu);
        if (Refs.IsNull(ref vcpu) || vcpu.Id == caller.Id)
        {
            return Errno.Srch;
        }

        ref VcpuExtras extras = ref vcpu.Extras;
        arguments = new DomctlExtendedContext
        {
            Vcpu = arguments.Vcpu,
            Size = (uint)Layout.SizeOf<DomctlExtendedContext>(),
            SyscallEntry = vcpu.Entries.Syscall32.Value,
            SyscallSelector = extras.SyscallSelector,
            SyscallMasksEvents = vcpu.Entries.Syscall32MasksEvents ? (byte)1 : (byte)0,
            SysenterEntry = extras.SysenterEntry,
            SysenterSelector = extras.SysenterSelector,
            SysenterMasksEvents = extras.SysenterMasksEvents ? (byte)1 : (byte)0,
            CheckCapabilities = extras.CheckCapabilities ^ UsualCapabilities,
            CheckControl0 = extras.CheckControl0,
            CheckControl1 = extras.CheckControl1,
            CheckExtended = extras.CheckExtended,
        };
        return 0;
    }
}
