namespace Sharpen.Toolstack.Building;

/// <summary>A part of a kernel that is loaded. All numbers are checked against the file.</summary>
/// <param name="Offset">In the file.</param>
/// <param name="FileBytes">That many come from the file.</param>
/// <param name="MemoryBytes">That many it has in memory; the rest is zero.</param>
/// <param name="PhysicalAddress">Where, counted from the guest's page 0.</param>
public readonly record struct KernelSegment(int Offset, int FileBytes, ulong MemoryBytes, ulong PhysicalAddress);
