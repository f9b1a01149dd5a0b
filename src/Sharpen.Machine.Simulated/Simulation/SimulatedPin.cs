namespace Sharpen.Machine.Simulation;

/// <summary>How a pin of a simulated I/O APIC is programmed.</summary>
/// <param name="Vector">What the CPU sees.</param>
/// <param name="ApicId">Which CPU.</param>
/// <param name="IsLevel">Level-triggered.</param>
/// <param name="IsActiveLow">Asserted when low.</param>
/// <param name="IsMasked">Nothing arrives.</param>
public sealed record SimulatedPin(byte Vector, uint ApicId, bool IsLevel, bool IsActiveLow, bool IsMasked);
