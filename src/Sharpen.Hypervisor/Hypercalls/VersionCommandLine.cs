using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The hypervisor's command line, as text; <c>&lt;denied&gt;</c> for a caller that is not privileged. <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.XenVersion, VersionCommand.CommandLine)]
public readonly struct VersionCommandLine : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) =>
        GuestText.Write(call.Second, DomainList.Of(ref caller).IsPrivileged ? HostLine.Text : "<denied>"u8);
}
