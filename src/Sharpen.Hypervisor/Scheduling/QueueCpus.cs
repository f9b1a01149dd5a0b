using System.Numerics;

namespace Sharpen.Hypervisor.Scheduling;

/// <summary>A set of the CPUs of one run queue, which number from 0 to 15 within it.</summary>
public readonly struct QueueCpus
{
    /// <summary>The most CPUs that share one run queue.</summary>
    public const int Limit = 16;

    public readonly ushort Bits;

    public QueueCpus(ushort bits) => Bits = bits;

    public static QueueCpus None => default;

    public static QueueCpus All => new(ushort.MaxValue);

    /// <summary>Just this CPU.</summary>
    public static QueueCpus Only(int cpu) => new((ushort)(1 << (cpu & (Limit - 1))));

    public bool IsEmpty => Bits == 0;

    public int Count => BitOperations.PopCount((ulong)Bits);

    public bool Has(int cpu) => (Bits >> cpu & 1) != 0;

    /// <summary>The lowest CPU of a set that is not empty.</summary>
    public int First => BitOperations.TrailingZeroCount((ulong)Bits);

    public QueueCpus With(int cpu) => this | Only(cpu);

    public QueueCpus Without(int cpu) => this - Only(cpu);

    /// <summary>The CPUs of either set.</summary>
    public static QueueCpus operator |(QueueCpus left, QueueCpus right) => new((ushort)(left.Bits | right.Bits));

    /// <summary>The CPUs of both sets.</summary>
    public static QueueCpus operator &(QueueCpus left, QueueCpus right) => new((ushort)(left.Bits & right.Bits));

    /// <summary>The CPUs of the first set that are not in the second.</summary>
    public static QueueCpus operator -(QueueCpus left, QueueCpus right) => new((ushort)(left.Bits & ~right.Bits));
}
