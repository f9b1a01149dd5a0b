using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Says where the kernel's stack is for the next entry from user mode. <see cref="Errno.Perm"/>: a selector that no guest has.</summary>
[Hypercall(Hypercall.StackSwitch)]
public readonly struct StackSwitch : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        ushort selector = (ushort)(call.First & 0xffff);
        if (selector != 0 && !GuestReturn.IsStack(selector))
        {
            return Errno.Perm;
        }

        caller.KernelStackSelector = selector;
        caller.KernelStack = new GuestLinear(call.Second);
        return 0;
    }
}
