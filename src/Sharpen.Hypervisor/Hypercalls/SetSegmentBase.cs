using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Sets the base of fs or gs, or the selector that gs has in user code (null, if the CPU refuses it). <see cref="Errno.Inval"/>: an address that is not canonical, or no such base.</summary>
[Hypercall(Hypercall.SetSegmentBase)]
public readonly struct SetSegmentBase : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        GuestLinear address = new(call.Second);
        if ((SegmentBase)call.Command == SegmentBase.GsUserSelector)
        {
            GuestCpu.LoadUserGs((ushort)(call.Second & 0xffff));
            return 0;
        }

        return address.IsCanonical && GuestCpu.TrySetBase((SegmentBase)call.Command, address) ? 0 : Errno.Inval;
    }
}
