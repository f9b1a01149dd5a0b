using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>Only for HVM guests: <see cref="Errno.Inval"/>.</summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.ContinueSoftReset)]
[Hypercall(Hypercall.Domctl, DomctlCommand.GetHvmContext)]
[Hypercall(Hypercall.Domctl, DomctlCommand.GetHvmContextPartial)]
[Hypercall(Hypercall.Domctl, DomctlCommand.SetHvmContext)]
[Hypercall(Hypercall.Domctl, DomctlCommand.DebugOp)]
[Hypercall(Hypercall.Domctl, DomctlCommand.SetBrokenPageP2m)]
[Hypercall(Hypercall.Domctl, DomctlCommand.VmtraceOp)]
[Hypercall(Hypercall.Domctl, DomctlCommand.VmEventOp)]
[Hypercall(Hypercall.Domctl, DomctlCommand.BindPtIrq)]
[Hypercall(Hypercall.Domctl, DomctlCommand.UnbindPtIrq)]
public readonly struct DomctlAboutHvm : IDomctl<GuestWord>
{
    public static Answer Execute(ref Vcpu caller, ref Domain target, ref GuestWord arguments)
    {
        return Errno.Inval;
    }
}
