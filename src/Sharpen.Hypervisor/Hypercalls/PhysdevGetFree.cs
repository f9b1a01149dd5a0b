using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Sets a number for an interrupt aside. <see cref="Errno.Perm"/>: a domain without devices; <see cref="Errno.NoSpc"/>: none is free.
/// </summary>
[Hypercall(Hypercall.PhysicalDeviceOp, PhysdevCommand.GetFreePirq, WritesBack = true)]
public readonly struct PhysdevGetFree : IHypercall<PhysdevGetFreePirq>
{
    public static Answer Execute(ref Vcpu caller, ref PhysdevGetFreePirq arguments)
    {
        ref Domain own = ref DomainList.Of(ref caller);
        if (!own.IsHardware)
        {
            return Errno.Perm;
        }

        if (!DomainPirqs.SetAside(ref own, arguments.Type != MapPirqType.Gsi).Try(out int number, out Errno error))
        {
            return error;
        }

        arguments.Pirq = (uint)number;
        return 0;
    }
}
