namespace Sharpen.Toolstack.Config;

/// <summary>One part of a <see cref="CpuList"/>: processors or nodes from <see cref="First"/> to <see cref="Last"/>.</summary>
/// <param name="IsNodes">Nodes, whose processors are meant.</param>
/// <param name="IsExcluded">It takes away.</param>
public readonly record struct CpuListTerm(int First, int Last, bool IsNodes, bool IsExcluded);
