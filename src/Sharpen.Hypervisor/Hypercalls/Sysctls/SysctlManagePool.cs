using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Hypercalls.Domctls;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Pools of CPUs, of which there is one, with all CPUs and domains: tells about it and of what is left, which is nothing. <see cref="Errno.NoEnt"/>: no such pool; <see cref="Errno.Busy"/>: to end it or take a CPU from it; <see cref="Errno.NoDev"/>: to add a CPU that is in it; <see cref="Errno.Inval"/>: no such CPU; <see cref="Errno.Srch"/>, <see cref="Errno.Perm"/>: to move a domain; <see cref="Errno.NoSpc"/>: to make another; <see cref="Errno.NoSys"/>: anything else; <see cref="Errno.Fault"/>: the CPUs cannot be written.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.CpuPool, WritesBack = true)]
public readonly struct SysctlManagePool : IHypercall<SysctlPool>
{
    private const uint Create = 1;
    private const uint Destroy = 2;
    private const uint Describe = 3;
    private const uint AddCpu = 4;
    private const uint RemoveCpu = 5;
    private const uint MoveDomain = 6;
    private const uint DescribeFree = 7;
    private const uint AnyCpu = uint.MaxValue;

    public static Answer Execute(ref Vcpu caller, ref SysctlPool arguments)
    {
        switch (arguments.Operation)
        {
            case Create:
                return Errno.NoSpc;
            case Destroy:
                return arguments.Pool == 0 ? Errno.Busy : Errno.NoEnt;
            case Describe:
                return Tell(ref arguments);
            case AddCpu or RemoveCpu:
                return ChangeCpu(in arguments);
            case MoveDomain:
                return Move(in arguments);
            case DescribeFree:
                CpuMask none = default;
                return GuestBitmap.Write(arguments.Cpus, arguments.CpuBits, in none);
            default:
                return Errno.NoSys;
        }
    }

    private static Answer Tell(ref SysctlPool arguments)
    {
        if (arguments.Pool != 0)
        {
            return Errno.NoEnt;
        }

        arguments.Scheduler = SchedulerNumbers.Current;
        arguments.Domains = 0;
        for (int slot = 0; slot < DomainList.Capacity; slot++)
        {
            arguments.Domains += Refs.IsNull(ref DomainList.At(slot)) ? 0U : 1;
        }

        return GuestBitmap.Write(arguments.Cpus, arguments.CpuBits, in HostCpus.Active);
    }

    private static Answer ChangeCpu(in SysctlPool arguments)
    {
        if (arguments.Pool != 0)
        {
            return Errno.NoEnt;
        }

        bool isAny = arguments.Operation == AddCpu && arguments.Cpu == AnyCpu;
        return !isAny && !HostCpus.Exists(arguments.Cpu) ? Errno.Inval : arguments.Operation == AddCpu ? Errno.NoDev : Errno.Busy;
    }

    private static Answer Move(in SysctlPool arguments)
    {
        ref Domain domain = ref DomainList.Find(new DomainId((ushort)(arguments.Domain & ushort.MaxValue)));
        return arguments.Domain > ushort.MaxValue || Refs.IsNull(ref domain) ? Errno.Srch
            : domain.IsHardware ? Errno.Perm : arguments.Pool == 0 ? Errno.None : Errno.NoEnt;
    }
}
