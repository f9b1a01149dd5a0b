using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>What CPUID and model-specific registers say: the CPU itself, or to PV guests. <see cref="Errno.Inval"/>: no such policy; <see cref="Errno.OpNotSupp"/>: one for HVM guests; <see cref="Errno.NoBufs"/>: too little room; <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.GetCpuPolicy, WritesBack = true)]
public readonly struct SysctlGetCpuPolicy : IHypercall<SysctlCpuPolicy>
{
    private const uint Host = 1;
    private const uint MostHvm = 3;
    private const uint Hvm = 5;

    public static Answer Execute(ref Vcpu caller, ref SysctlCpuPolicy arguments)
    {
        if (arguments.Policy > Hvm || arguments.Reserved != 0)
        {
            return Errno.Inval;
        }

        return arguments.Policy is MostHvm or Hvm ? Errno.OpNotSupp : CpuPolicies.Write(new PolicySource(arguments.Policy <= Host), ref arguments);
    }
}
