using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Time;

/// <summary>On which CPU a timer that moves with its owner was last armed, and where in that CPU's queue.</summary>
public struct TimerPlace
{
    /// <summary>The CPU; meaningful once armed.</summary>
    public CpuId Cpu;

    /// <summary>The slot there.</summary>
    public TimerHandle Handle;
}
