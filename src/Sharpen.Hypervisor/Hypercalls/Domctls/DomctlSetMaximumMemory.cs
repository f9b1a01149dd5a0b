using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Sets how much memory a domain may have; what it has it keeps.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetMaximumMemory)]
public readonly struct DomctlSetMaximumMemory : IDomctl<DomctlMaximumMemory>
{
    private const int PageShift = 2;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlMaximumMemory arguments)
    {
        using Locked<DomainRank> held = target.Lock.Enter(NoLocks.Held);
        target.Memory.Limit = Math.Clamp(arguments.Kibibytes >> PageShift, 1, uint.MaxValue);
        return 0;
    }
}
