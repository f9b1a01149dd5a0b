using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>Memory was plugged in, which nothing here can take: <see cref="Errno.Inval"/>.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.AddMemory)]
public readonly struct PlatformAddMemory : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        return Errno.Inval;
    }
}
