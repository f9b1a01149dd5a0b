using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The caller lets others run first.</summary>
[Hypercall(Hypercall.SchedOp, SchedCommand.Yield)]
public readonly struct SchedYield : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        VcpuGlue.Yield(ref caller);
        return 0;
    }
}
