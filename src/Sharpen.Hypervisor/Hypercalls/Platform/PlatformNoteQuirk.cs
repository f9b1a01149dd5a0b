using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>A fault of the chipset that dom0 knows of; nothing here depends on it. <see cref="Errno.Inval"/>: no such fault.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.PlatformQuirk)]
public readonly struct PlatformNoteQuirk : IHypercall<PlatformQuirk>
{
    public static Answer Execute(ref Vcpu caller, ref PlatformQuirk arguments)
    {
        return arguments.Quirk is >= 1 and <= 3 ? 0 : Errno.Inval;
    }
}
