using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Replaces the entry that maps an address, in the page tables that the caller's kernel runs on. First argument: the address; second:
/// the entry; third: which translations to forget, when and where. <see cref="Errno.Inval"/>: no table maps that address, the frame is not
/// the caller's, or the entry is one that no guest may have; <see cref="Errno.Busy"/>: the frame is in use as something else.
/// </summary>
[Hypercall(Hypercall.UpdateVaMapping)]
public readonly struct UpdateVaMapping : IHypercall
{
    private const ulong FlushKind = 3;
    private const ulong FlushAll = 1;
    private const ulong FlushPage = 2;
    private const ulong Elsewhere = ~FlushKind;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Domain domain = ref DomainList.Of(ref caller);
        ulong kind = call.Third & FlushKind;
        Result written;
        using (Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held))
        {
            GuestPaging visit = DomainPaging.Visit(held, ref domain);
            written = visit.WriteAt(in caller.Context, new GuestLinear(call.First), call.Second);
            if (kind is FlushAll or FlushPage && (call.Third & Elsewhere) != 0)
            {
                visit.FlushAll();
            }

            visit.Dispose();
        }

        if (written.Error == Errno.Again)
        {
            return Answer.Again;
        }

        if (kind == FlushAll)
        {
            GuestPaging.FlushHere();
        }
        else if (kind == FlushPage)
        {
            GuestPaging.FlushHere(new GuestLinear(call.First));
        }

        return written;
    }
}
