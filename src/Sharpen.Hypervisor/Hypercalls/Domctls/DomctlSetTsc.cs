using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Says how a domain sees the time stamp counter, which is kept: every domain sees it as it is. <see cref="Errno.OpNotSupp"/>: emulated;
/// <see cref="Errno.Inval"/>: no such mode, or the caller's own.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetTscInfo)]
public readonly struct DomctlSetTsc : IDomctl<DomctlTsc>
{
    private const uint Usual = 0;
    private const uint Emulated = 1;
    private const uint Native = 2;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlTsc arguments)
    {
        if (target.Id == caller.Id.Domain || arguments.Mode > Native)
        {
            return Errno.Inval;
        }

        if (arguments.Mode == Emulated)
        {
            return Errno.OpNotSupp;
        }

        target.Tsc = arguments with { Mode = arguments.Mode == Native ? Native : Usual };
        return 0;
    }
}
