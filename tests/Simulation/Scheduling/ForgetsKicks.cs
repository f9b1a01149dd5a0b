using Sharpen.Hypervisor.Scheduling;

namespace Sharpen.Simulation.Scheduling;

/// <summary>The highest CPU of a queue is never kicked.</summary>
public readonly struct ForgetsKicks : IFault
{
    /// <inheritdoc/>
    public static QueueCpus Kicks(in RunQueue queue, QueueCpus wanted) => new((ushort)(wanted.Bits & (queue.Online.Bits >> 1)));
}
