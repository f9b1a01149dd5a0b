using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Switches an assist on for the caller's domain. Second argument: which. <see cref="Errno.Inval"/>: none for a 64-bit PV guest.</summary>
[Hypercall(Hypercall.VmAssist, VmAssistCommand.Enable)]
public readonly struct VmAssistEnable : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (!VmAssists.TryBit(call.Second, out ulong bit))
        {
            return Errno.Inval;
        }

        Interlocked.Or(ref DomainList.Of(ref caller).Assists, bit);
        return 0;
    }
}
