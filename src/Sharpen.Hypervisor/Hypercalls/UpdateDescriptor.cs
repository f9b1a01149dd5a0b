using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Changes a segment descriptor, by its machine address. <see cref="Errno.Inval"/>: no place in a frame of the caller's that holds descriptors or
/// that it may write, or a descriptor that no guest may have.
/// </summary>
[Hypercall(Hypercall.UpdateDescriptor)]
public readonly struct UpdateDescriptor : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ref Domain domain = ref DomainList.Of(ref caller);
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        Result written = GuestDescriptors.Write(in held, ref domain.Memory, domain.Id, call.First, call.Second);
        return written.Error == Errno.Again ? Answer.Again : written.Error == Errno.Busy ? Errno.Inval : written;
    }
}
