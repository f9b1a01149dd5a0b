using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>How often and how long a CPU was idle, as its only state that saves power. <see cref="Errno.Inval"/>: no such CPU; <see cref="Errno.NoDev"/>: of frequencies; <see cref="Errno.NoSys"/>: no such question; <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.GetPowerStatistics, WritesBack = true)]
public readonly struct SysctlGetPowerStatistics : IHypercall<SysctlPowerStatistics>
{
    private const uint Category = 0xf0;
    private const uint IdleStates = 0x20;
    private const uint GetCount = IdleStates | 1;
    private const uint GetStatistics = IdleStates | 2;
    private const uint Reset = IdleStates | 3;
    private const uint States = 2;

    public static Answer Execute(ref Vcpu caller, ref SysctlPowerStatistics arguments)
    {
        if (!HostCpus.Exists(arguments.Cpu))
        {
            return Errno.Inval;
        }

        if ((arguments.Type & Category) != IdleStates)
        {
            return Errno.NoDev;
        }

        switch (arguments.Type)
        {
            case GetCount:
                arguments.StateCount = States;
                return 0;
            case GetStatistics:
                return Describe(ref arguments);
            case Reset:
                return 0;
            default:
                return Errno.NoSys;
        }
    }

    private static Answer Describe(ref SysctlPowerStatistics arguments)
    {
        CpuId cpu = new((int)arguments.Cpu);
        ulong idle = CpuIdle.Total(cpu).Nanoseconds;
        ulong times = CpuIdle.Count(cpu);
        ulong busy = Clock.Now.Nanoseconds - Math.Min(idle, Clock.Now.Nanoseconds);
        uint room = Math.Min(arguments.StateCount, States);
        Result written = Write(arguments.Triggers, room, times, times);
        if (written.Try(out _))
        {
            written = Write(arguments.Residencies, room, busy, idle);
        }

        arguments.StateCount = States;
        arguments.LastState = 0;
        arguments.IdleTime = idle;
        arguments.PackageCount = 0;
        arguments.CoreCount = 0;
        return written;
    }

    private static Result Write(ulong address, uint room, ulong awake, ulong idle)
    {
        for (uint index = 0; index < room && address != 0; index++)
        {
            if (!GuestHandle<GuestWord>.From(address, room).Try(out GuestHandle<GuestWord> words, out Errno wrapped))
            {
                return wrapped;
            }

            Result written = GuestMemory.Write(words, new GuestWord(index == 0 ? awake : idle), index);
            if (!written.Try(out _))
            {
                return written;
            }
        }

        return Result.Success;
    }
}
