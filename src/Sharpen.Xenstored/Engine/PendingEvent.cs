namespace Sharpen.Xenstored.Engine;

/// <summary>An event that a client was not told of yet.</summary>
/// <param name="Watch">Which watch fired.</param>
/// <param name="Path">What changed, absolute.</param>
internal readonly record struct PendingEvent(Watch Watch, string Path);
