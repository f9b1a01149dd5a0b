using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// The caller has served an interrupt: a level that is still there arrives again. <see cref="Errno.Inval"/>: it has not mapped that interrupt.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.Eoi)]
public readonly struct PhysdevEnd : IHypercall<PhysdevEoi>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevEoi arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (arguments.Pirq >= (uint)DomainPirqs.Limit)
        {
            return Errno.Inval;
        }

        Result ended = DomainPirqs.End(ref own, (int)arguments.Pirq, out VcpuSet wake);
        VcpuGlue.Wake(ref own, wake);
        return ended;
    }
}
