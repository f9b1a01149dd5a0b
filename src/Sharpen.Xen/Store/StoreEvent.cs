namespace Sharpen.Xen.Store;

/// <summary>A watch fired.</summary>
/// <param name="Path">What changed: the watched path, or something below it; a special one begins with @.</param>
/// <param name="Token">What the watch was set with.</param>
public readonly record struct StoreEvent(string Path, string Token);
