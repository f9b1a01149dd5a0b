using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The kinds of guests that can be run, as text. <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.XenVersion, VersionCommand.Capabilities)]
public readonly struct VersionCapabilities : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) =>
        GuestText.Write(call.Second, "xen-3.0-x86_64"u8);
}
