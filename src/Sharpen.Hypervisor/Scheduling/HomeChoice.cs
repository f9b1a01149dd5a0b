using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>Finds the run queue in which a unit is to live: shown one queue after the other, it remembers the best.</summary>
/// <remarks>
/// Best is the queue with most idle CPUs that the unit may use, then the one with fewest members for each such CPU; a CPU that the unit likes
/// counts as much as several that idle.
/// When the unit may use no CPU that takes part, its affinity cannot be honoured: the least loaded queue is chosen and the unit may
/// use all of it until its affinity is set anew (<see cref="IsBroken"/>). What is read may be hints; a worse choice is repaired by pulling.
/// </remarks>
public struct HomeChoice
{
    private const long Scale = 1024;
    private const long LikedIsWorth = 8;

    private bool _isFound;
    private long _best;
    private int _index;
    private QueueCpus _allowed;

    /// <summary>True when no CPU that the unit may use takes part.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Shows one queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="affinity">The CPUs that the unit may use.</param>
    /// <param name="liked">Those that it likes.</param>
    public void Consider(in RunQueue queue, in CpuMask affinity, in CpuMask liked)
    {
        QueueCpus allowed = new(affinity.Sixteen(queue.Index));
        QueueCpus usable = allowed & queue.Online;
        bool isBroken = usable.IsEmpty;
        if (queue.Online.IsEmpty || (isBroken && _isFound && !IsBroken))
        {
            return;
        }

        usable = isBroken ? queue.Online : usable;
        long idle = (usable & queue.Idle - queue.Tickled).Count;
        idle += (usable & new QueueCpus(liked.Sixteen(queue.Index))).IsEmpty ? 0 : LikedIsWorth;
        long score = (idle * Scale * Scale) - (queue.Members * Scale / usable.Count);
        if (!_isFound || (IsBroken && !isBroken) || score > _best)
        {
            _isFound = true;
            _best = score;
            _index = queue.Index;
            _allowed = isBroken ? QueueCpus.All : allowed;
            IsBroken = isBroken;
        }
    }

    /// <summary>The queue and the CPUs of it that the unit may use; false when no CPU takes part at all.</summary>
    public readonly bool TryGet(out int index, out QueueCpus allowed)
    {
        index = _index;
        allowed = _allowed;
        return _isFound;
    }
}
