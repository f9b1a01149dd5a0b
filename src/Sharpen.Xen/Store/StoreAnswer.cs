using Sharpen.Abi;

namespace Sharpen.Xen.Store;

/// <summary>What the store says to a request.</summary>
/// <param name="Error">Why it refused; none: it did not.</param>
/// <param name="Data">What it tells; empty when it only agrees.</param>
internal readonly record struct StoreAnswer(Errno Error, byte[] Data);
