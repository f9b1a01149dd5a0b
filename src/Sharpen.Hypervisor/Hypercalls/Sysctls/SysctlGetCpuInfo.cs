using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>How long each CPU has been idle. <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.GetCpuInfo, WritesBack = true)]
public readonly struct SysctlGetCpuInfo : IHypercall<SysctlCpuList>
{
    public static Answer Execute(ref Vcpu caller, ref SysctlCpuList arguments)
    {
        uint count = Math.Min(arguments.Most, HostCpus.Highest + 1);
        if (!GuestHandle<SysctlCpu>.From(arguments.Buffer, count).Try(out GuestHandle<SysctlCpu> places, out Errno wrapped))
        {
            return wrapped;
        }

        for (uint number = 0; number < count; number++)
        {
            SysctlCpu cpu = new() { IdleTime = HostCpus.Exists(number) ? CpuIdle.Total(new CpuId((int)number)).Nanoseconds : 0 };
            if (!GuestMemory.Write(places, cpu, number).Try(out Errno unwritable))
            {
                return unwritable;
            }
        }

        arguments.Count = count;
        return 0;
    }
}
