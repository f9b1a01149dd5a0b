namespace Sharpen.Machine.Memory;

/// <summary>The memory nodes of the host.</summary>
internal static class MemoryNodes
{
    /// <summary>The most nodes that are told apart; further ones count as the last.</summary>
    internal const int Limit = 64;
}
