namespace Sharpen.Xenstored.Keeping;

/// <summary>
/// Where a domain's ring stands: what was taken of its requests, and what was put last. After a restart the ring itself
/// says how much of that the domain has, so nothing is done or said twice.
/// </summary>
/// <param name="Taken">The index up to which requests were taken.</param>
/// <param name="Partial">The beginning of a request whose end has not come.</param>
/// <param name="Start">The index of the first of these bytes among the answers.</param>
/// <param name="Message">The bytes: one message or several.</param>
/// <param name="Parked">Requests, by their numbers, to begin transactions that wait and have no answer yet.</param>
public readonly record struct StreamState(uint Taken, byte[] Partial, uint Start, byte[] Message, uint[] Parked);
