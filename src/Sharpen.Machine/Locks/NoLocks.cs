namespace Sharpen.Machine.Locks;

/// <summary>The start of a chain: <c>using var held = lock.Enter(NoLocks.Held)</c>.</summary>
public static class NoLocks
{
    /// <summary>A token that stands for holding nothing.</summary>
    public static Locked<NoLocksRank> Held => default;
}
