using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Puts frames of a device into a guest's own map of its memory, of which a PV domain has none here: nothing to do.
/// <see cref="Errno.Inval"/>: no frames, or a range that wraps; <see cref="Errno.Perm"/>: the caller may not map all of them itself.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.MemoryMapping)]
public readonly struct DomctlMapDeviceMemory : IDomctl<DomctlMemoryMapping>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlMemoryMapping arguments)
    {
        ulong last = arguments.Count - (arguments.Count == 0 ? 0UL : 1);
        bool isRange = arguments.Count != 0 && last <= ulong.MaxValue - arguments.First && last <= ulong.MaxValue - arguments.GuestFrame;
        return !isRange || arguments.First == ulong.MaxValue ? Errno.Inval
            : IoPermissions.MayMap(ref DomainList.Of(ref caller), new Mfn(arguments.First), arguments.Count) ? Errno.None : Errno.Perm;
    }
}
