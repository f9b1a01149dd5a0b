using System;
using System.Numerics;
using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Topology;

/// <summary>How an APIC id is made of socket, core and thread; all CPUs of a host are alike.</summary>
/// <remarks>Sources: Intel SDM, CPUID leaf 0xb; AMD APM volume 3, leaf 0x80000008.</remarks>
public readonly struct CpuTopology
{
    private const uint ExtendedTopology = 0xb;
    private const uint Extended = 0x8000_0000;
    private const uint Sizes = 0x8000_0008;

    private readonly int _threadBits;
    private readonly int _socketShift;

    private CpuTopology(uint threads, uint cores, int threadBits, int socketShift)
    {
        ThreadsPerCore = Math.Max(threads, 1);
        CoresPerSocket = Math.Max(cores, 1);
        _threadBits = Math.Min(threadBits, 31);
        _socketShift = Math.Min(socketShift, 31);
    }

    /// <summary>Threads that share a core.</summary>
    public uint ThreadsPerCore { get; }

    /// <summary>Cores that share a socket.</summary>
    public uint CoresPerSocket { get; }

    /// <summary>This host's.</summary>
    public static CpuTopology OfHost => Cpuid.Query(0).Eax >= ExtendedTopology && (Cpuid.Query(ExtendedTopology).Ebx & 0xffff) != 0 ? FromLevels() : FromSizes();

    /// <summary>The socket of a CPU.</summary>
    public uint Socket(uint apicId) => apicId >> _socketShift;

    /// <summary>The core of a CPU, within its socket.</summary>
    public uint Core(uint apicId) => (apicId & ((1U << _socketShift) - 1)) >> _threadBits;

    /// <summary>The thread of a CPU, within its core.</summary>
    public uint Thread(uint apicId) => apicId & ((1U << _threadBits) - 1);

    private static CpuTopology FromLevels()
    {
        Cpuid core = Cpuid.Query(ExtendedTopology);
        Cpuid socket = Cpuid.Query(ExtendedTopology, 1);
        uint threads = core.Ebx & 0xffff;
        return new CpuTopology(threads, (socket.Ebx & 0xffff) / threads, (int)(core.Eax & 31), (int)(socket.Eax & 31));
    }

    private static CpuTopology FromSizes()
    {
        if (Cpuid.Query(Extended).Eax < Sizes)
        {
            return new CpuTopology(1, 1, 0, 0);
        }

        uint sizes = Cpuid.Query(Sizes).Ecx;
        uint cores = (sizes & 0xff) + 1;
        int bits = (int)((sizes >> 12) & 15);
        return new CpuTopology(1, cores, 0, bits != 0 ? bits : 32 - BitOperations.LeadingZeroCount(cores - 1));
    }
}
