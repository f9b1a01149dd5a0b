namespace Sharpen.Machine.Simulation;

/// <summary>Memory: how much room for frame numbers there is, and how far the direct map goes.</summary>
public sealed unsafe partial class SimulatedMachine
{
    private SimulatedMemory? _memory;

    /// <summary>Frame numbers lie below this. Settable before memory is first used; 64 GiB unless said.</summary>
    public ulong FrameLimit { get; init; } = 1UL << 24;

    /// <summary>Frames that the direct map reaches; a multiple of 2^18.</summary>
    public ulong DirectMapFrames { get; init; } = 12UL << 18;

    internal SimulatedMemory Memory => _memory ?? CreateMemory();

    private SimulatedMemory CreateMemory()
    {
        lock (_state)
        {
            return _memory ??= new SimulatedMemory(FrameLimit, DirectMapFrames);
        }
    }
}
