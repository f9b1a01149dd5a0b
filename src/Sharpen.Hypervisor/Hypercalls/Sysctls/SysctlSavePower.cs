using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>How CPUs save power: by halting, whatever is asked. <see cref="Errno.Inval"/>: no such CPU, or about frequencies; <see cref="Errno.Acces"/>: turbo; <see cref="Errno.NoSys"/>: no such question.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.Power, WritesBack = true)]
public readonly struct SysctlSavePower : IHypercall<SysctlPower>
{
    private const uint Category = 0xf0;
    private const uint Frequencies = 0x10;
    private const uint SetThreads = 0x21;
    private const uint GetDeepest = 0x22;
    private const uint SetDeepest = 0x23;
    private const uint EnableTurbo = 0x26;
    private const uint DisableTurbo = 0x27;

    public static Answer Execute(ref Vcpu caller, ref SysctlPower arguments)
    {
        if (!HostCpus.Exists(arguments.Cpu) || (arguments.Command & Category) == Frequencies)
        {
            return Errno.Inval;
        }

        switch (arguments.Command)
        {
            case SetThreads:
                return arguments.Cpu == 0 ? 0 : Errno.Inval;
            case GetDeepest:
                arguments.State = arguments.Cpu == 0 ? 1 : uint.MaxValue;
                return 0;
            case SetDeepest:
                return 0;
            case EnableTurbo or DisableTurbo:
                return Errno.Acces;
            default:
                return Errno.NoSys;
        }
    }
}
