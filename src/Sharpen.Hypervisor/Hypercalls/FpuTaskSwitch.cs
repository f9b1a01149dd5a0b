using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Says whether the caller's next vector instruction is to raise #NM, which then happens once.</summary>
[Hypercall(Hypercall.FpuTaskSwitch)]
public readonly struct FpuTaskSwitch : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        GuestCpu.SetTaskSwitched(ref caller.Context, call.Command != 0);
        return 0;
    }
}
