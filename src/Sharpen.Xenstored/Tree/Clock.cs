namespace Sharpen.Xenstored.Tree;

/// <summary>Numbers for trees that share nodes: epochs say who may change a node in place, generations tell one state of a node from another.</summary>
public sealed class Clock
{
    private uint _epoch;
    private ulong _generation;

    internal uint NextEpoch() => ++_epoch;

    internal ulong NextGeneration() => ++_generation;
}
