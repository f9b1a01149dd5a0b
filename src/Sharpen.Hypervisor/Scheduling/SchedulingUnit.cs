using Sharpen.Machine.Cpu;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>What the scheduler knows of one vCPU. Guarded by the lock of the run queue that <see cref="Home"/> names.</summary>
/// <remarks>All zero is a unit that was never prepared; <see cref="Prepare"/> makes it one that sleeps and belongs nowhere.</remarks>
public struct SchedulingUnit
{
    /// <summary>The weight of a unit that was given none. Xen's default.</summary>
    public const ushort DefaultWeight = 256;

    internal UnitId Next;
    internal UnitId Previous;
    internal long Credit;
    internal ulong Epoch;
    internal Instant Since;

    /// <summary>Shares are in proportion to weights; never 0.</summary>
    public ushort Weight;

    /// <summary>The run queue it belongs to. Read without the lock it is a hint, to be checked again inside.</summary>
    public ushort Home;

    /// <summary>The CPUs of its run queue that it may use.</summary>
    public QueueCpus Allowed;

    /// <summary>The CPU of its run queue that has it or had it last.</summary>
    public byte Cpu;

    /// <summary>Where it stands.</summary>
    public UnitPlace Place;

    /// <summary>It wants to run.</summary>
    public bool IsRunnable;

    internal bool HasYielded;
    internal bool IsLinked;
    internal bool IsAssigned;

    /// <summary>The host CPUs that it may use (hard affinity).</summary>
    public CpuMask Affinity;

    /// <summary>The host CPUs that it had better use, where it has the choice (soft affinity).</summary>
    public CpuMask Liked;

    /// <summary>What it had left when it was last looked at, as nanoseconds of CPU time at the default weight; may be a debt.</summary>
    public readonly long Balance => Credit / Credits.PerNanosecond;

    /// <summary>Makes the unit new: asleep, in no run queue, free to use every CPU.</summary>
    public void Prepare(ushort weight)
    {
        Next = default;
        Previous = default;
        Credit = Credits.Full;
        Epoch = 0;
        Since = default;
        Weight = weight == 0 ? DefaultWeight : weight;
        Home = 0;
        Allowed = default;
        Cpu = 0;
        Place = UnitPlace.Away;
        IsRunnable = false;
        HasYielded = false;
        IsLinked = false;
        IsAssigned = false;
        Affinity.Fill();
        Liked.Fill();
    }
}
