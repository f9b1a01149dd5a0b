using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Changes a debug register. <see cref="Errno.NoDev"/>: there is none of that number; <see cref="Errno.Perm"/>: an address that no guest has, a
/// breakpoint on ports, the trap on access to debug registers, or an upper half that is not zero.
/// </summary>
[Hypercall(Hypercall.SetDebugRegister)]
public readonly struct SetDebugRegister : IHypercall
{
    internal const uint Registers = 8;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) =>
        call.Command < Registers ? GuestCpu.SetDebug(ref caller.Context, (int)call.Command, call.Second) : Errno.NoDev;
}
