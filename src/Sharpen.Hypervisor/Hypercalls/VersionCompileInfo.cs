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
        "ILC, .NET 10, freestanding"u8.CopyTo(Layout.BytesOf(ref arguments.Compiler));
        "sharpen"u8.CopyTo(Layout.BytesOf(ref arguments.CompiledBy));
        "localdomain"u8.CopyTo(Layout.BytesOf(ref arguments.CompileDomain));
        "reproducible build"u8.CopyTo(Layout.BytesOf(ref arguments.CompileDate));
        return 0;
    }
}
