using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The UUID of the caller's domain; zero until a toolstack sets one. <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.XenVersion, VersionCommand.GuestHandle, WritesBack = true)]
public readonly struct VersionGuestHandle : IHypercall<Bytes16>
{
    public static Answer Execute(ref Vcpu caller, ref Bytes16 arguments)
    {
        arguments = DomainList.Of(ref caller).Handle;
        return 0;
    }
}
