using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The value of a debug register. <see cref="Errno.Inval"/>: there is none of that number.</summary>
[Hypercall(Hypercall.GetDebugRegister)]
public readonly struct GetDebugRegister : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) =>
        call.Command < SetDebugRegister.Registers ? unchecked((long)GuestCpu.DebugOf(in caller.Context, (int)call.Command)) : Errno.Inval;
}
