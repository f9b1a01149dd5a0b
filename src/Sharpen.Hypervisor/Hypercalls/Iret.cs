using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The kernel goes back to where a frame on its stack says.</summary>
[Hypercall(Hypercall.Iret)]
public readonly struct Iret : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        GuestReturn.Return(ref caller, ref GuestCpu.Registers);
        return Answer.RegistersSet;
    }
}
