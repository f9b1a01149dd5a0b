using System.Threading;
using Sharpen.Machine.Locks;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Memory;

/// <summary>
/// The registers of a device, mapped uncached. Offsets are checked against the size that was asked for: one that does not fit, or
/// any of a window that could not be opened, reads all ones and ignores writes, as an absent device does.
/// </summary>
public readonly unsafe partial struct DeviceWindow
{
    private readonly byte* _start;
    private readonly uint _bytes;

    private DeviceWindow(byte* start, uint bytes)
    {
        _start = start;
        _bytes = bytes;
    }

    /// <summary>True when there is something behind it.</summary>
    public bool IsOpen => _start != null;

    /// <summary>Opens a window for good. What cannot be mapped gives a window that is not open.</summary>
    internal static DeviceWindow Open(MachineAddress start, int bytes)
    {
        if (bytes <= 0 || start.Value >= AddressSpace.FrameLimit << PageSize.Shift)
        {
            return default;
        }

        Mfn end = (start + ((ulong)(uint)bytes + PageSize.OffsetMask)).Frame;
        FrameRange frames = FrameRange.Between(start.Frame, end);
        DeviceFrames.Withhold(frames, DeviceAccess.Read);
        if (!TryReserve(frames.Frames, out HostLinear place))
        {
            return default;
        }

        const PageAccess Registers = PageAccess.Write | PageAccess.Uncached;
        return HostTables.Map(NoLocks.Held, place, frames, Registers).Try(out _)
            ? new DeviceWindow(Place(place, start), (uint)bytes)
            : default;
    }

    /// <summary>Reads a 32-bit register at a multiple of 4 bytes.</summary>
    /// <remarks>Safety: the place is mapped for good and bounded by the size.</remarks>
    public uint Read32(int offset) => Fits(offset, sizeof(uint)) ? Load32(_start + offset) : uint.MaxValue;

    /// <summary>Reads a 64-bit register at a multiple of 8 bytes, in one access.</summary>
    /// <remarks>Safety: as <see cref="Read32"/>.</remarks>
    public ulong Read64(int offset) => Fits(offset, sizeof(ulong)) ? Load64(_start + offset) : ulong.MaxValue;

    /// <summary>Writes a 32-bit register at a multiple of 4 bytes.</summary>
    /// <remarks>Safety: as <see cref="Read32"/>.</remarks>
    public void Write32(int offset, uint value)
    {
        if (Fits(offset, sizeof(uint)))
        {
            Store32(_start + offset, value);
        }
    }

    /// <summary>Writes a 64-bit register at a multiple of 8 bytes, in one access.</summary>
    /// <remarks>Safety: as <see cref="Read32"/>.</remarks>
    public void Write64(int offset, ulong value)
    {
        if (Fits(offset, sizeof(ulong)))
        {
            Store64(_start + offset, value);
        }
    }

    private bool Fits(int offset, int size) => offset >= 0 && (offset & (size - 1)) == 0 && (uint)offset + (ulong)(uint)size <= _bytes;

    /// <summary>Takes addresses that nobody gives back: devices stay.</summary>
    private static bool TryReserve(ulong pages, out HostLinear place)
    {
        ref ulong used = ref Root.Of<DeviceWindowState>().Pages;
        ulong end = Interlocked.Add(ref used, pages);
        place = AddressSpace.Devices + ((end - pages) << PageSize.Shift);
        return end <= AddressSpace.DevicesBytes >> PageSize.Shift;
    }
}
