using System;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Memory;

/// <summary>
/// Which machine addresses are no memory that anybody can own: device registers, firmware's tables, holes. Entries of guests may lead there
/// without a reference, because nothing there is ever allocated: all that the allocator was given is excluded, and so is what the
/// hypervisor stands on.
/// </summary>
/// <remarks>Filled while the boot CPU is alone; devices that are opened later are opened one at a time.</remarks>
internal static class DeviceFrames
{
    private const int MostBits = 52;

    internal struct State
    {
        internal int RamCount;
        internal int WithheldCount;
        internal bool IsFull;
        internal Fixed1024<FrameRange> Ram;
        internal Fixed128<FrameRange> Withheld;
        internal Fixed128<DeviceAccess> Access;
    }

    /// <summary>These frames are the allocator's, whether it uses them or not.</summary>
    internal static void AddRam(ReadOnlySpan<FrameRange> ram)
    {
        ref State state = ref Root.Of<State>();
        foreach (FrameRange range in ram)
        {
            if (state.RamCount == Fixed1024<FrameRange>.Length)
            {
                state.IsFull = true;
                return;
            }

            state.Ram[state.RamCount++] = range;
        }
    }

    /// <summary>These frames are not for guests, or only to be read. When there are too many to remember, no guest gets any device.</summary>
    internal static void Withhold(FrameRange frames, DeviceAccess access)
    {
        ref State state = ref Root.Of<State>();
        if (state.WithheldCount == Fixed128<FrameRange>.Length)
        {
            state.IsFull = true;
            return;
        }

        state.Withheld[state.WithheldCount] = frames;
        state.Access[state.WithheldCount] = access;
        state.WithheldCount++;
    }

    /// <summary>True for the highest frame that an entry can name: what kernels write for none.</summary>
    internal static bool IsNone(Mfn frame) => frame.Value == (1UL << (MostBits - PageSize.Shift)) - 1;

    /// <summary>What guests that have devices may do with a frame: any number.</summary>
    internal static DeviceAccess AccessOf(Mfn frame)
    {
        ref State state = ref Root.Of<State>();
        if (state.IsFull || frame.Value >> (CpuFeatures.Host.PhysicalBits - PageSize.Shift) != 0)
        {
            return DeviceAccess.None;
        }

        for (int index = 0; index < state.RamCount; index++)
        {
            if (state.Ram[index].Contains(frame))
            {
                return DeviceAccess.Memory;
            }
        }

        DeviceAccess access = DeviceAccess.Full;
        for (int index = 0; index < state.WithheldCount; index++)
        {
            if (state.Withheld[index].Contains(frame) && state.Access[index] < access)
            {
                access = state.Access[index];
            }
        }

        return access;
    }
}
