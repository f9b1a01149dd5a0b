using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// The FIFO ABI of one domain: it begins with the first vCPU's queues, and from then on the domain's ports have words instead of bits. What was
/// pending until then is forgotten, as the ABI says.
/// </summary>
public static class DomainFifo
{
    /// <summary>
    /// Takes the place of a vCPU's queues. <see cref="Errno.Inval"/>: it has one, the place does not fit a page, is not aligned or not the
    /// domain's; <see cref="Errno.Busy"/>: a page table; <see cref="Errno.NoSpc"/>, <see cref="Errno.NoMem"/>: no room for the array.
    /// </summary>
    public static Result Begin(ref Domain domain, ref Vcpu vcpu, Mfn frame, uint offset)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        if (!vcpu.Queues.Begin(frame, offset, domain.Id).Try(out Errno refused))
        {
            return refused;
        }

        if (domain.EventArraySlot != 0)
        {
            return Result.Success;
        }

        if (!DomainStores.AddEventArray(held).Try(out int slot, out Errno full))
        {
            vcpu.Queues.Release();
            return full;
        }

        domain.EventArraySlot = slot + 1;
        return Result.Success;
    }

    /// <summary>
    /// Takes the next page of words. <see cref="Errno.OpNotSupp"/>: the domain uses the 2-level ABI; <see cref="Errno.NoSpc"/>: every port has a
    /// word; <see cref="Errno.Inval"/>: not a page of its own; <see cref="Errno.Busy"/>: a page table.
    /// </summary>
    /// <param name="first">The first port that has a word now.</param>
    public static Result Expand(ref Domain domain, Mfn frame, out uint first)
    {
        first = 0;
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        if (domain.EventArraySlot == 0)
        {
            return Errno.OpNotSupp;
        }

        ref EventArray words = ref WordsOf(ref domain);
        first = words.Words;
        return words.Expand(frame, domain.Id);
    }

    /// <summary>Says how urgent a port is. <see cref="Errno.NoSys"/>: the domain uses the 2-level ABI; <see cref="Errno.Inval"/>: no such port or urgency.</summary>
    public static Result SetPriority(ref Domain domain, uint port, uint priority)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        if (domain.EventArraySlot == 0)
        {
            return Errno.NoSys;
        }

        ref EventPort found = ref DomainEvents.FindHeld(ref domain, port);
        if (Refs.IsNull(ref found))
        {
            return Errno.Inval;
        }

        if (priority >= EventQueues.Count)
        {
            return Errno.Inval;
        }

        found.Priority = (byte)priority;
        return Result.Success;
    }

    /// <summary>Back to the 2-level ABI, giving up all pages; all ports are closed.</summary>
    public static void End(ref Domain domain)
    {
        int slot;
        using (Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held))
        {
            slot = domain.EventArraySlot;
            domain.EventArraySlot = 0;
            for (int index = 0; index < domain.VcpuLimit; index++)
            {
                ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, index);
                if (!Refs.IsNull(ref vcpu))
                {
                    vcpu.Queues.Release();
                }
            }

            if (slot != 0)
            {
                DomainStores.EventArrayAt(slot - 1).Release();
            }
        }

        if (slot != 0)
        {
            DomainStores.RemoveEventArray(slot - 1);
        }
    }

    /// <summary>True while a port stands in a queue. The event lock is held.</summary>
    internal static bool IsLinked(ref Domain domain, uint port) => domain.EventArraySlot != 0 && EventFifo.IsLinked(ref WordsOf(ref domain), port);

    /// <summary>Makes a port pending; true when its vCPU is to be notified. The event lock is held.</summary>
    internal static bool Raise(ref Domain domain, uint port, ref EventPort bound)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, bound.Vcpu);
        ref Vcpu last = ref DomainList.VcpuOf(ref domain, bound.LastVcpu);
        if (Refs.IsNull(ref vcpu) || Refs.IsNull(ref last))
        {
            return false;
        }

        if (!EventFifo.Raise(ref WordsOf(ref domain), ref vcpu.Queues, ref last.Queues, port, ref bound))
        {
            return false;
        }

        EventBits.Notify(ref VcpuInfos.Of(ref vcpu));
        return true;
    }

    /// <summary>The words of a domain that uses the FIFO ABI.</summary>
    internal static ref EventArray WordsOf(ref Domain domain) => ref DomainStores.EventArrayAt(domain.EventArraySlot - 1);
}
