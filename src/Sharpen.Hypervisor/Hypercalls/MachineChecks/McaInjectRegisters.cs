using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.MachineChecks;

/// <summary>Changes registers for a test, which cannot be done: <see cref="Errno.OpNotSupp"/>, unless there are none to change.</summary>
[Hypercall(Hypercall.Arch0, McaCommand.InjectMsr)]
public readonly struct McaInjectRegisters : IHypercall<McaInjection>
{
    public static Answer Execute(ref Vcpu caller, ref McaInjection arguments)
    {
        return arguments.Count == 0 ? 0 : Errno.OpNotSupp;
    }
}
