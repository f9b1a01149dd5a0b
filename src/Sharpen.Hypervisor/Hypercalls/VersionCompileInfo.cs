using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>What compiled the hypervisor, as text. <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.XenVersion, VersionCommand.CompileInfo, WritesBack = true)]
public readonly struct VersionCompileInfo : IHypercall<CompileInfo>
{
    public static Answer Execute(ref Vcpu caller, ref CompileInfo arguments)
    {
        arguments = default;
        HostBuild.Compiler.CopyTo(Layout.BytesOf(ref arguments.Compiler));
        HostBuild.By.CopyTo(Layout.BytesOf(ref arguments.CompiledBy));
        HostBuild.Domain.CopyTo(Layout.BytesOf(ref arguments.CompileDomain));
        HostBuild.Date.CopyTo(Layout.BytesOf(ref arguments.CompileDate));
        return 0;
    }
}
