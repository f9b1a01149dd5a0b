using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Makes a domain that stopped for it start afresh in the memory that it has, which PV domains cannot: <see cref="Errno.OpNotSupp"/>; <see cref="Errno.Inval"/>: it did not.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SoftReset)]
public readonly struct DomctlSoftReset : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments) =>
        target.Id != caller.Id.Domain && target.Phase == DomainPhase.Shut && target.Reason == ShutdownReason.SoftReset ? Errno.OpNotSupp : Errno.Inval;
}
