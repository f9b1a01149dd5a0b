using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>What CPUID and model-specific registers say to a domain. <see cref="Errno.NoBufs"/>: too little room; <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetCpuPolicy, WritesBack = true)]
public readonly struct DomctlGetCpuPolicy : IDomctl<DomctlCpuPolicy>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlCpuPolicy arguments)
    {
        SysctlCpuPolicy policy = new()
        {
            LeafCount = arguments.LeafCount,
            RegisterCount = arguments.RegisterCount,
            Leaves = arguments.Leaves,
            Registers = arguments.Registers,
        };
        Answer answer = CpuPolicies.Write(new PolicySource(ref target), ref policy);
        arguments.LeafCount = policy.LeafCount;
        arguments.RegisterCount = policy.RegisterCount;
        return answer;
    }
}
