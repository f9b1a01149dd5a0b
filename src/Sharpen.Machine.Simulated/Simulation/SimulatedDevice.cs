namespace Sharpen.Machine.Simulation;

/// <summary>A pretend device with registers at an address of its own.</summary>
public abstract class SimulatedDevice
{
    /// <summary>Where its registers are.</summary>
    public abstract ulong Start { get; }

    /// <summary>How many bytes of registers it has.</summary>
    public abstract ulong Bytes { get; }

    /// <summary>A read of 4 or 8 bytes at an offset.</summary>
    public abstract ulong Read(ulong offset, int bytes);

    /// <summary>A write of 4 or 8 bytes at an offset.</summary>
    public abstract void Write(ulong offset, int bytes, ulong value);
}
