using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>A vCPU that somebody keeps from running, to look into it or to change it, until this is disposed. See <see cref="VcpuGlue.Stop"/>.</summary>
public readonly ref struct StoppedVcpu
{
    private readonly ref Vcpu _vcpu;

    internal StoppedVcpu(ref Vcpu vcpu)
    {
        _vcpu = ref vcpu;
        VcpuGlue.Pause(ref vcpu);
        IsStopped = VcpuGlue.TryAwaitStop(ref vcpu);
    }

    /// <summary>No CPU has it: its registers are saved, and stay so. False: not yet; let go whatever a CPU may wait for, and ask again.</summary>
    public bool IsStopped { get; }

    /// <summary>Lets it run again, as far as this is concerned.</summary>
    public void Dispose() => _ = VcpuGlue.Unpause(ref _vcpu);
}
