namespace Sharpen.Xenstored.Keeping;

/// <summary>
/// Where a domain's ring stands: what was taken of its requests, and the message that was put last. After a restart the ring itself
/// says how much of that message the domain has, so nothing is done or said twice.
/// </summary>
/// <param name="Taken">The index up to which requests were taken.</param>
/// <param name="Partial">The beginning of a request whose end has not come.</param>
/// <param name="Start">The index of the message's first byte among the answers.</param>
/// <param name="Message">The message.</param>
public readonly record struct StreamState(uint Taken, byte[] Partial, uint Start, byte[] Message)
{
    /// <summary>A ring that was never used.</summary>
    public static StreamState Fresh => new(0, [], 0, []);
}
