using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>What only some schedulers have: the time slice of credit, the periods of RTDS. Every refusal is a <see cref="XenException"/>; a
/// pool or domain with another scheduler is refused so. Source: <c>sysctl.h</c>, <c>domctl.h</c>.</summary>
public sealed class SchedulerControl
{
    private const uint Credit = 5;
    private const uint RealTime = 8;
    private const uint Put = 0;
    private const uint Get = 1;
    private const uint PutVcpus = 2;
    private const uint GetVcpus = 3;
    private readonly HypercallDevice _device;

    internal SchedulerControl(HypercallDevice device) => _device = device;

    /// <summary>Parameters of credit in a pool.</summary>
    public CreditParameters GetCredit(uint pool)
    {
        HostRequest request = new() { Pool = pool, Scheduler = Credit, Command = Get };
        Sysctl.Call(_device, $"ask for the parameters of credit in CPU pool {pool}", SysctlCommand.Scheduler, ref request);
        return new CreditParameters(request.TimeSlice, request.RateLimit, request.MigrationDelay);
    }

    /// <summary>Sets parameters of credit in a pool.</summary>
    public void SetCredit(uint pool, CreditParameters parameters)
    {
        HostRequest request = new()
        {
            Pool = pool,
            Scheduler = Credit,
            Command = Put,
            TimeSlice = parameters.TimeSlice,
            RateLimit = parameters.RateLimit,
            MigrationDelay = parameters.MigrationDelay,
        };
        Sysctl.Call(_device, $"set the parameters of credit in CPU pool {pool}", SysctlCommand.Scheduler, ref request);
    }

    /// <summary>What a domain's vCPUs get from RTDS when they are not set one by one.</summary>
    public RealTimeParameters GetRealTime(DomainId domain)
    {
        DomainRequest request = new() { Scheduler = RealTime, Command = Get };
        _ = Domctl.Call(_device, "get the scheduling of", DomctlCommand.SchedulerOp, domain, ref request);
        return Read(request.RealTime);
    }

    /// <summary>Sets what all vCPUs of a domain get from RTDS.</summary>
    public void SetRealTime(DomainId domain, RealTimeParameters parameters)
    {
        DomainRequest request = new() { Scheduler = RealTime, Command = Put, RealTime = Write(parameters) };
        _ = Domctl.Call(_device, "set the scheduling of", DomctlCommand.SchedulerOp, domain, ref request);
    }

    /// <summary>What a vCPU gets from RTDS.</summary>
    public RealTimeParameters GetRealTime(DomainId domain, int vcpu)
    {
        using HypercallBuffer buffer = _device.Allocate(Unsafe.SizeOf<VcpuEntry>());
        buffer.At<VcpuEntry>() = new VcpuEntry { Vcpu = (uint)vcpu };
        DomainRequest request = new() { Scheduler = RealTime, Command = GetVcpus, Vcpus = buffer.Address, VcpuCount = 1 };
        _ = Domctl.Call(_device, $"get the scheduling of vCPU {vcpu} of", DomctlCommand.SchedulerOp, domain, ref request);
        return Read(buffer.At<VcpuEntry>().RealTime);
    }

    /// <summary>Sets what a vCPU gets from RTDS.</summary>
    public void SetRealTime(DomainId domain, int vcpu, RealTimeParameters parameters)
    {
        using HypercallBuffer buffer = _device.Allocate(Unsafe.SizeOf<VcpuEntry>());
        buffer.At<VcpuEntry>() = new VcpuEntry { Vcpu = (uint)vcpu, RealTime = Write(parameters) };
        DomainRequest request = new() { Scheduler = RealTime, Command = PutVcpus, Vcpus = buffer.Address, VcpuCount = 1 };
        _ = Domctl.Call(_device, $"set the scheduling of vCPU {vcpu} of", DomctlCommand.SchedulerOp, domain, ref request);
    }

    private static RealTimeParameters Read(Times times) => new(times.Period, times.Budget, (times.Flags & 1) != 0);

    private static Times Write(RealTimeParameters parameters) =>
        new() { Period = parameters.Period, Budget = parameters.Budget, Flags = parameters.HasExtra ? 1u : 0 };

    [StructLayout(LayoutKind.Explicit, Size = 32)]
    private struct HostRequest
    {
        [FieldOffset(0)]
        internal uint Pool;
        [FieldOffset(4)]
        internal uint Scheduler;
        [FieldOffset(8)]
        internal uint Command;
        [FieldOffset(16)]
        internal uint TimeSlice;
        [FieldOffset(20)]
        internal uint RateLimit;
        [FieldOffset(24)]
        internal uint MigrationDelay;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Times
    {
        internal uint Period;
        internal uint Budget;
        internal uint Flags;
    }

    [StructLayout(LayoutKind.Explicit, Size = 24)]
    private struct DomainRequest
    {
        [FieldOffset(0)]
        internal uint Scheduler;
        [FieldOffset(4)]
        internal uint Command;
        [FieldOffset(8)]
        internal Times RealTime;
        [FieldOffset(8)]
        internal ulong Vcpus;
        [FieldOffset(16)]
        internal uint VcpuCount;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct VcpuEntry
    {
        internal Times RealTime;
        internal uint Vcpu;
    }
}
