using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Which state of the source this was made from, as text; not recorded. <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.XenVersion, VersionCommand.ChangeSet, WritesBack = true)]
public readonly struct VersionChangeSet : IHypercall<Bytes64>
{
    public static Answer Execute(ref Vcpu caller, ref Bytes64 arguments)
    {
        arguments = default;
        "unavailable"u8.CopyTo(Layout.BytesOf(ref arguments));
        return 0;
    }
}
