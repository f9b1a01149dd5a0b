using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// A domain in numbers: the one that was asked for or, if there is none, the next; which one stands in its number and in the call's. <see cref="Errno.Srch"/>:
/// there is none; <see cref="Errno.Fault"/>: the structure cannot be reached.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.GetDomainInfo)]
public readonly struct DomctlGetInfo : IHypercall
{
    private const ulong NumberOffset = 8;
    private const ulong StructureOffset = 16;
    private const uint NumberMask = ushort.MaxValue;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ulong start = call.First;
        if (start > ulong.MaxValue - StructureOffset
            || !GuestHandle<GuestHalfWord>.From(start + NumberOffset).Try(out GuestHandle<GuestHalfWord> number, out _)
            || !GuestHandle<DomainInfo>.From(start + StructureOffset).Try(out GuestHandle<DomainInfo> structure, out _))
        {
            return Errno.Fault;
        }

        if (!GuestMemory.Read(number).Try(out GuestHalfWord wanted, out Errno unreadable))
        {
            return unreadable;
        }

        if (!DomainList.TryNext(wanted.Value & NumberMask, out DomainId id))
        {
            return Errno.Srch;
        }

        ref Domain domain = ref DomainList.Find(id);
        if (Refs.IsNull(ref domain))
        {
            return Answer.Again;    // it has just gone
        }

        Result told = GuestMemory.Write(structure, DomainReport.Describe(ref domain));
        return told.Try(out _) ? GuestMemory.Write(number, new GuestHalfWord((wanted.Value & ~NumberMask) | id.Value)) : told;
    }
}
