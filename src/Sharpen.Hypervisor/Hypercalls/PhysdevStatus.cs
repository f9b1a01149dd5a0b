using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// What the caller must know of an interrupt: whether it must end it. <see cref="Errno.Inval"/>: no such number.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.IrqStatusQuery, WritesBack = true)]
public readonly struct PhysdevStatus : IHypercall<PhysdevIrqStatus>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevIrqStatus arguments)
    {
        if (arguments.Pirq >= (uint)DomainPirqs.Limit)
        {
            return Errno.Inval;
        }

        return DomainPirqs.Status(ref DomainList.Of(ref caller), (int)arguments.Pirq).Try(out arguments.Flags, out Errno error) ? 0 : error;
    }
}
