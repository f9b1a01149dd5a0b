using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Gives the caller another GDT: a list of frames, and how many descriptors. <see cref="Errno.Inval"/>: more than 7168, a frame that is not the
/// caller's or is relied on as something else, or a descriptor that no guest may have; <see cref="Errno.Fault"/>: the list cannot be read.
/// </summary>
[Hypercall(Hypercall.SetGdt)]
public readonly struct SetGdt : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        uint entries = unchecked((uint)call.Second);
        if (entries > GuestSegments.MostGdtEntries)
        {
            return Errno.Inval;
        }

        int count = (int)((entries + GuestDescriptors.PerFrame - 1) / GuestDescriptors.PerFrame);
        if (!GuestHandle<GuestWord>.From(call.First, (ulong)(uint)count).Try(out GuestHandle<GuestWord> list, out Errno wrapped))
        {
            return wrapped;
        }

        Fixed16<ulong> frames = default;
        for (int page = 0; page < count; page++)
        {
            if (!GuestMemory.Read(list, (ulong)(uint)page).Try(out GuestWord frame, out Errno unreadable))
            {
                return unreadable;
            }

            frames[page] = frame.Value;
        }

        ref Domain domain = ref DomainList.Of(ref caller);
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        DomainPaging.Forget(in held, ref domain);
        Result set = GuestSegments.SetGdt(in held, ref caller.Context, ref domain.Memory, domain.Id, frames.Span.Slice(0, count), isHere: true);
        return set.Error == Errno.Again ? Answer.Again : set.Error == Errno.Busy ? Errno.Inval : set;
    }
}
