using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>How much of its cache a domain uses, which nothing here counts: <see cref="Errno.NoDev"/>.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.CacheMonitoring)]
public readonly struct SysctlMonitorCache : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        return Errno.NoDev;
    }
}
