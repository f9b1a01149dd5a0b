using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Caches that can be divided, of which there are none: <see cref="Errno.NoDev"/>; <see cref="Errno.OpNotSupp"/>: no such question.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.CacheAllocation)]
public readonly struct SysctlAllocateCache : IHypercall<SysctlCacheAllocation>
{
    private const uint HighestKind = 2;

    public static Answer Execute(ref Vcpu caller, ref SysctlCacheAllocation arguments)
    {
        return arguments.Command <= HighestKind ? Errno.NoDev : Errno.OpNotSupp;
    }
}
