using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The text behind the version number. <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.XenVersion, VersionCommand.ExtraVersion, WritesBack = true)]
public readonly struct VersionExtra : IHypercall<Bytes16>
{
    public static Answer Execute(ref Vcpu caller, ref Bytes16 arguments)
    {
        arguments = default;
        HostBuild.Extra.CopyTo(Layout.BytesOf(ref arguments));
        return 0;
    }
}
