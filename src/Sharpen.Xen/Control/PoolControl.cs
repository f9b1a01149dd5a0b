using Sharpen.Abi;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>Pools of CPUs. Every refusal is a <see cref="XenException"/>. Source: <c>XEN_SYSCTL_CPUPOOL_OP_*</c>, <c>sysctl.h</c>.</summary>
public sealed class PoolControl
{
    private const uint CreatePool = 1;
    private const uint DestroyPool = 2;
    private const uint AddCpuToPool = 4;
    private const uint RemoveCpuFromPool = 5;
    private const uint MoveDomain = 6;
    private const uint AnyPool = uint.MaxValue;
    private const int Attempts = 100;
    private readonly HypercallDevice _device;

    internal PoolControl(HypercallDevice device) => _device = device;

    /// <summary>Makes a pool without CPUs.</summary>
    /// <param name="scheduler">Source: <c>XEN_SCHEDULER_*</c>, <c>domctl.h</c>.</param>
    /// <returns>Its number.</returns>
    public uint Create(uint scheduler)
    {
        SysctlPool request = new() { Operation = CreatePool, Pool = AnyPool, Scheduler = scheduler };
        Sysctl.Call(_device, "make a CPU pool", SysctlCommand.CpuPool, ref request);
        return request.Pool;
    }

    /// <summary>Ends a pool, in which there is no domain and no CPU.</summary>
    public void Destroy(uint pool) => Change($"destroy CPU pool {pool}", new SysctlPool { Operation = DestroyPool, Pool = pool });

    /// <summary>Puts a CPU that is in no pool into one.</summary>
    public void AddCpu(uint pool, int cpu) => Change($"put CPU {cpu} into CPU pool {pool}", new SysctlPool { Operation = AddCpuToPool, Pool = pool, Cpu = (uint)cpu });

    /// <summary>Takes a CPU out of a pool; one that is busy in the hypervisor is asked for again.</summary>
    public void RemoveCpu(uint pool, int cpu) =>
        Change($"take CPU {cpu} out of CPU pool {pool}", new SysctlPool { Operation = RemoveCpuFromPool, Pool = pool, Cpu = (uint)cpu });

    /// <summary>Moves a domain to a pool.</summary>
    public void Move(DomainId domain, uint pool) =>
        Change($"move domain {domain.Value} to CPU pool {pool}", new SysctlPool { Operation = MoveDomain, Pool = pool, Domain = domain.Value });

    private void Change(string operation, SysctlPool request)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Sysctl.Call(_device, operation, SysctlCommand.CpuPool, ref request);
                return;
            }
            catch (XenException refused) when (refused.Error == Errno.Again && attempt < Attempts)
            {
            }
        }
    }
}
