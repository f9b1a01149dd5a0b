using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The domain that a memory call is about: the caller's own, or any if it is privileged.</summary>
internal static class MemoryTarget
{
    /// <summary>The largest block that an ordinary domain may ask for at once.</summary>
    private const uint GuestOrder = 9;

    private const uint HardwareOrder = 12;
    private const uint ControlOrder = 18;

    /// <summary>The domain, or a null reference and ESRCH: there is none; EPERM: not the caller's to touch.</summary>
    internal static ref Domain Find(ref Vcpu caller, DomainId id, out Errno error)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        ref Domain domain = ref Peers.Find(ref own, id);
        error = Errno.Srch;
        if (Refs.IsNull(ref domain))
        {
            return ref domain;
        }

        error = own.IsPrivileged || domain.Id == own.Id ? Errno.None : Errno.Perm;
        if (error == Errno.None)
        {
            return ref domain;
        }

        return ref Refs.Null<Domain>();
    }

    /// <summary>A domain that is not the caller's and that it controls, by its number. Errors as <see cref="Find"/>; EPERM for the caller's own too.</summary>
    internal static ref Domain FindOther(ref Vcpu caller, DomainId id, out Errno error)
    {
        ref Domain domain = ref DomainList.Find(id);
        error = Refs.IsNull(ref domain) ? Errno.Srch : Errno.Perm;
        if (error == Errno.Srch || id == caller.Id.Domain || !DomainList.Of(ref caller).IsPrivileged)
        {
            return ref Refs.Null<Domain>();
        }

        error = Errno.None;
        return ref domain;
    }

    /// <summary>The largest block, as a power of two of frames, that a caller may ask for at once: by its domain's part in the host.</summary>
    internal static uint MaxOrder(ref Vcpu caller)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        return own.IsPrivileged ? ControlOrder : own.IsHardware ? HardwareOrder : GuestOrder;
    }

    /// <summary>Where frames should lie: any flags.</summary>
    internal static FrameRequest Request(uint flags) =>
        new((byte)(flags & byte.MaxValue), (int)((flags >> 8) & byte.MaxValue) - 1, (flags & (uint)MemoryFlags.ExactNode) != 0);
}
