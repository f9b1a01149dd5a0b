using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Simulation;

/// <summary>A page of a simulated guest's address space.</summary>
/// <param name="isWritable">False: a copy out to it fails.</param>
public sealed class SimulatedGuestPage(bool isWritable = true)
{
    /// <summary>What is in it.</summary>
    public byte[] Bytes { get; } = new byte[PageSize.Bytes];

    /// <summary>False: a copy out to it fails.</summary>
    public bool IsWritable { get; } = isWritable;
}
