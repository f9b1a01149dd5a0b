using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Says where the kernel's stack is for the next entry from user mode.</summary>
/// <remarks>64-bit kernels are entered on a flat stack segment; the selector is kept for who asks for it.</remarks>
[Hypercall(Hypercall.StackSwitch)]
public readonly struct StackSwitch : IHypercall
{
    private const ushort RingMask = 3;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        caller.KernelStackSelector = (ushort)((call.First & 0xffff) | RingMask);
        caller.KernelStack = new GuestLinear(call.Second);
        return 0;
    }
}
