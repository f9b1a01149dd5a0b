using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Brings a CPU up or takes it down. <see cref="Errno.Exist"/>: it is up, or down; <see cref="Errno.Inval"/>: no such CPU, or to take down the first; <see cref="Errno.Busy"/>: another goes or comes; <see cref="Errno.OpNotSupp"/>: anything else.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.PlugCpu)]
public readonly struct SysctlPlugCpu : IHypercall<SysctlCpuPlug>
{
    private const uint Up = 0;
    private const uint Down = 1;

    public static Answer Execute(ref Vcpu caller, ref SysctlCpuPlug arguments)
    {
        if (arguments.Operation > Down)
        {
            return Errno.OpNotSupp;
        }

        if (!HostCpus.Exists(arguments.Cpu) || (arguments.Operation == Down && arguments.Cpu == 0))
        {
            return Errno.Inval;
        }

        return CpuPlugging.Change(arguments.Cpu, arguments.Operation == Up, Errno.Exist);
    }
}
