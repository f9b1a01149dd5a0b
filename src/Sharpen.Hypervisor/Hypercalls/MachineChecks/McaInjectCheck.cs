using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.MachineChecks;

/// <summary>Raises a machine check for a test, which cannot be done: <see cref="Errno.OpNotSupp"/>.</summary>
[Hypercall(Hypercall.Arch0, McaCommand.InjectMce)]
public readonly struct McaInjectCheck : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        return Errno.OpNotSupp;
    }
}
