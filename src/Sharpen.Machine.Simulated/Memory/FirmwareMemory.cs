using System;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Memory;

/// <summary>What the pretend firmware left in memory: the blocks that the test placed there.</summary>
public static unsafe class FirmwareMemory
{
    /// <summary>A view of so many bytes; empty when they do not all lie in one block.</summary>
    public static ReadOnlySpan<byte> Read(MachineAddress start, int bytes)
    {
        foreach ((ulong address, byte[] block) in SimulatedMachine.Current.Firmware)
        {
            if (bytes > 0 && start.Value >= address && start.Value - address <= (ulong)block.Length
                && (ulong)bytes <= (ulong)block.Length - (start.Value - address))
            {
                return block.AsSpan((int)(start.Value - address), bytes);
            }
        }

        return default;
    }

    /// <summary>Frames become ordinary memory, with what lies there: a copy of the test's blocks.</summary>
    internal static void Settle(FrameRange frames)
    {
        for (ulong index = 0; index < frames.Frames; index++)
        {
            MachineAddress start = (frames.First + index).Start;
            Read(start, PageSize.Bytes).CopyTo(new Span<byte>(SimulatedMachine.Current.Memory.At(start), PageSize.Bytes));
        }
    }
}
