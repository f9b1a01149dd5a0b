using System;
using System.Runtime.CompilerServices;
using System.Text;
using Sharpen.Abi;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>The host: its CPUs, memory, schedulers and console. Every refusal is a <see cref="XenException"/>. Source: <c>sysctl.h</c>.</summary>
public sealed class HostControl
{
    private const uint PoolInfo = 3;
    private const uint PoolFree = 7;
    private const int MapBytes = 1024;
    private readonly HypercallDevice _device;

    internal HostControl(HypercallDevice device) => _device = device;

    /// <summary>The host in numbers.</summary>
    public SysctlHostInfo GetInfo()
    {
        SysctlHostInfo info = default;
        Sysctl.Call(_device, "ask for the host", SysctlCommand.HostInfo, ref info);
        return info;
    }

    /// <summary>Free memory in bytes, of a node or with -1 of all.</summary>
    public ulong GetFreeMemory(int node = -1)
    {
        SysctlMemory request = new() { Node = node };
        Sysctl.Call(_device, "ask for free memory", SysctlCommand.AvailableMemory, ref request);
        return request.Bytes;
    }

    /// <summary>Which scheduler new pools get. Source: <c>XEN_SCHEDULER_*</c>.</summary>
    public uint GetScheduler()
    {
        SysctlSchedulerId request = default;
        Sysctl.Call(_device, "ask for the scheduler", SysctlCommand.SchedulerId, ref request);
        return request.Scheduler;
    }

    /// <summary>The parameters of a scheduler as a pool has them.</summary>
    public SysctlSchedulerParameters GetSchedulerParameters(uint scheduler, uint pool = 0)
    {
        SysctlSchedulerParameters request = new() { Scheduler = scheduler, Pool = pool, Command = 1 };
        Sysctl.Call(_device, "ask for the scheduler's parameters", SysctlCommand.Scheduler, ref request);
        return request;
    }

    /// <summary>The hypervisor's log.</summary>
    /// <param name="clear">And empty it.</param>
    public string ReadConsole(bool clear = false)
    {
        StringBuilder text = new();
        using HypercallBuffer buffer = _device.Allocate(16 * 1024);
        SysctlConsole request = new() { Clear = clear ? (byte)1 : (byte)0 };
        do
        {
            request.Buffer = buffer.Address;
            request.Count = (uint)buffer.Bytes.Length;
            Sysctl.Call(_device, "read the hypervisor's console", SysctlCommand.ReadConsole, ref request);
            _ = text.Append(Encoding.Latin1.GetString(buffer.Bytes[..(int)request.Count]));
            request.Incremental = 1;
        }
        while (!clear && request.Count == (uint)buffer.Bytes.Length);
        return text.ToString();
    }

    /// <summary>What the hypervisor logged since the last time.</summary>
    /// <param name="index">Where to go on; 0: at the oldest that it still has.</param>
    public byte[] ReadConsoleFrom(ref uint index)
    {
        using HypercallBuffer buffer = _device.Allocate(16 * 1024);
        SysctlConsole request = new() { Incremental = 1, Index = index, Buffer = buffer.Address, Count = (uint)buffer.Bytes.Length };
        Sysctl.Call(_device, "read the hypervisor's console", SysctlCommand.ReadConsole, ref request);
        index = request.Index;
        return buffer.Bytes[..(int)request.Count].ToArray();
    }

    /// <summary>Presses the hypervisor's debug keys.</summary>
    public void PressKeys(string keys)
    {
        ArgumentException.ThrowIfNullOrEmpty(keys);
        using HypercallBuffer buffer = _device.Allocate(keys.Length);
        _ = Encoding.Latin1.GetBytes(keys, buffer.Bytes);
        SysctlKeys request = new() { Keys = buffer.Address, Count = (uint)keys.Length };
        Sysctl.Call(_device, $"press the debug keys {keys}", SysctlCommand.PressKeys, ref request);
    }

    /// <summary>Where each CPU is, by its number; a number that is no CPU has all bits set.</summary>
    public SysctlCpuPlace[] GetTopology()
    {
        SysctlTopology request = default;
        Sysctl.Call(_device, "count the CPUs", SysctlCommand.CpuTopology, ref request);
        using HypercallBuffer buffer = _device.Allocate(checked((int)request.Count * Unsafe.SizeOf<SysctlCpuPlace>()));
        request.Buffer = buffer.Address;
        Sysctl.Call(_device, "ask where the CPUs are", SysctlCommand.CpuTopology, ref request);
        return buffer.As<SysctlCpuPlace>()[..(int)request.Count].ToArray();
    }

    /// <summary>How long each CPU was idle, in nanoseconds.</summary>
    public ulong[] GetIdleTimes(int cpus)
    {
        using HypercallBuffer buffer = _device.Allocate(checked(cpus * sizeof(ulong)));
        SysctlCpuList request = new() { Most = (uint)cpus, Buffer = buffer.Address };
        Sysctl.Call(_device, "ask how long the CPUs were idle", SysctlCommand.GetCpuInfo, ref request);
        return buffer.As<ulong>()[..(int)request.Count].ToArray();
    }

    /// <summary>The memory of each NUMA node.</summary>
    /// <param name="distances">How far they are apart, row by row.</param>
    public SysctlNode[] GetNodes(out uint[] distances)
    {
        SysctlNuma request = default;
        Sysctl.Call(_device, "count the nodes", SysctlCommand.NumaInfo, ref request);
        int count = (int)request.Count;
        using HypercallBuffer memory = _device.Allocate(checked(count * Unsafe.SizeOf<SysctlNode>()));
        using HypercallBuffer far = _device.Allocate(checked(count * count * sizeof(uint)));
        request.Memory = memory.Address;
        request.Distances = far.Address;
        Sysctl.Call(_device, "ask for the nodes", SysctlCommand.NumaInfo, ref request);
        count = Math.Min(count, (int)request.Count);
        distances = far.As<uint>()[..(count * count)].ToArray();
        return memory.As<SysctlNode>()[..count].ToArray();
    }

    /// <summary>The first pool of CPUs from a number on; null when there is none.</summary>
    /// <param name="first">The least number.</param>
    /// <param name="cpus">The CPUs in it.</param>
    public SysctlPool? FindPool(uint first, out CpuSet cpus)
    {
        using HypercallBuffer map = _device.Allocate(MapBytes);
        SysctlPool request = new() { Operation = PoolInfo, Pool = first, Cpus = map.Address, CpuBits = MapBytes };
        try
        {
            Sysctl.Call(_device, $"ask for CPU pool {first}", SysctlCommand.CpuPool, ref request);
        }
        catch (XenException refused) when (refused.Error == Errno.NoEnt)
        {
            cpus = CpuSet.Of();
            return null;
        }

        cpus = CpuSet.Of(map.As<ulong>()[..(MapBytes / 64)]);
        return request;
    }

    /// <summary>The CPUs in no pool.</summary>
    public CpuSet GetFreeCpus()
    {
        using HypercallBuffer map = _device.Allocate(MapBytes);
        SysctlPool request = new() { Operation = PoolFree, Cpus = map.Address, CpuBits = MapBytes };
        Sysctl.Call(_device, "ask for the CPUs in no pool", SysctlCommand.CpuPool, ref request);
        return CpuSet.Of(map.As<ulong>()[..(MapBytes / 64)]);
    }
}
