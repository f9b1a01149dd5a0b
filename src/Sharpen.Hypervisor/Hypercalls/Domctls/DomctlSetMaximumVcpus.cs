using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Gives a domain its vCPUs, down and without anything to begin with. <see cref="Errno.Inval"/>: not the number that it was made for, or the caller's own;
/// <see cref="Errno.NoSpc"/>: too many on this host; <see cref="Errno.NoMem"/>; <see cref="Errno.Srch"/>: it is dying.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetMaximumVcpus)]
public readonly struct DomctlSetMaximumVcpus : IDomctl<DomctlMaximumVcpus>
{
    private const int Budget = 16;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlMaximumVcpus arguments)
    {
        if (target.Id == caller.Id.Domain || arguments.Vcpus != (uint)target.MostVcpus)
        {
            return Errno.Inval;
        }

        int added = 0;
        for (int index = 0; index < target.MostVcpus; index++)
        {
            if (!Refs.IsNull(ref DomainList.VcpuOf(ref target, index)))
            {
                continue;
            }

            if (added++ == Budget)
            {
                return Answer.Again;
            }

            if (!DomainList.AddVcpu(ref target, index).Try(out Errno error) && error != Errno.Exist)
            {
                return error;
            }
        }

        return 0;
    }
}
