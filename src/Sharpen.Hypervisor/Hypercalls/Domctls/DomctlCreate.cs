using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Makes a domain, paused, with no memory and no vCPUs, and tells its number: the one that was asked for, or for 0 the next that is free.
/// <see cref="Errno.Inval"/>: wishes that contradict each other or that this host has not: only PV domains, versions 1 and 2 of grants, at most 512 vCPUs, no larger tables of grants than the operator allows;
/// <see cref="Errno.OpNotSupp"/>: devices that a PV domain has not; <see cref="Errno.Srch"/>: no such pool of CPUs; <see cref="Errno.Exist"/>: the number
/// is taken; <see cref="Errno.NoSpc"/>: too many domains; <see cref="Errno.NoMem"/>; <see cref="Errno.Fault"/>.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.CreateDomain)]
public readonly struct DomctlCreate : IHypercall
{
    private const ulong NumberOffset = 8;
    private const ulong StructureOffset = 16;
    private const uint NumberMask = ushort.MaxValue;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ulong start = call.First;
        if (start > ulong.MaxValue - StructureOffset
            || !GuestHandle<GuestHalfWord>.From(start + NumberOffset).Try(out GuestHandle<GuestHalfWord> number, out _)
            || !GuestHandle<DomctlCreation>.From(start + StructureOffset).Try(out GuestHandle<DomctlCreation> structure, out _))
        {
            return Errno.Fault;
        }

        if (!GuestMemory.Read(number).Try(out GuestHalfWord wanted, out Errno unreadable) || !GuestMemory.Read(structure).Try(out DomctlCreation plan, out unreadable))
        {
            return unreadable;
        }

        ushort id = (ushort)(wanted.Value & NumberMask);
        Result<DomainId> made = DomainMaking.Make(new DomainId(id < DomainId.OrdinaryLimit ? id : (ushort)0), in plan);
        if (!made.Try(out DomainId domain, out Errno refused))
        {
            return refused;
        }

        Result told = GuestMemory.Write(number, new GuestHalfWord((wanted.Value & ~NumberMask) | domain.Value));
        if (!told.Try(out _))
        {
            DomainControl.Destroy(ref DomainList.Find(domain));
        }

        return told;
    }
}
