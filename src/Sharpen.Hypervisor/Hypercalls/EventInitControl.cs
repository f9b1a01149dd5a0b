using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Says where a vCPU's queues begin; with the first, the domain uses the FIFO ABI. <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Inval"/>: it
/// has such a place, or this is none; <see cref="Errno.Busy"/>: a page table; <see cref="Errno.NoSpc"/>, <see cref="Errno.NoMem"/>: no room.
/// </summary>
[Hypercall(Hypercall.EventChannelOp, EventChannelCommand.InitControl, WritesBack = true)]
public readonly struct EventInitControl : IHypercall<EventChannelInitControl>
{
    private const byte LinkBits = 17;

    public static Answer Execute(ref Vcpu caller, ref EventChannelInitControl arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (arguments.Vcpu >= Domain.MaxVcpus)
        {
            return Errno.NoEnt;
        }

        ref Vcpu vcpu = ref DomainList.VcpuOf(ref own, (int)arguments.Vcpu);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.NoEnt;
        }

        arguments.LinkBits = LinkBits;
        return DomainFifo.Begin(ref own, ref vcpu, new Mfn(arguments.ControlFrame), arguments.Offset);
    }
}
