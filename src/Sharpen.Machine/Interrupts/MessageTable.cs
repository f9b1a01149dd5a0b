using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Interrupts;

/// <summary>
/// The table of an MSI-X device: an address, data and a mask for each of its interrupts. It lies in the device's memory; what does not
/// fit the table is ignored. Source: PCI Local Bus Specification 3.0, 6.8.2.9.
/// </summary>
public readonly struct MessageTable
{
    /// <summary>The most entries that a device may have.</summary>
    public const int MostEntries = 2048;

    private const int EntryBytes = 16;
    private const uint Masked = 1;

    private readonly DeviceWindow _registers;

    private MessageTable(DeviceWindow registers) => _registers = registers;

    /// <summary>False where nothing could be mapped.</summary>
    public bool IsOpen => _registers.IsOpen;

    /// <summary>Opens a table for good; one that is said to lie in RAM, where the hypervisor uses a device, or in the first megabyte, stays closed.</summary>
    /// <param name="start">A multiple of 8.</param>
    /// <param name="entries">At most <see cref="MostEntries"/>.</param>
    public static MessageTable Open(MachineAddress start, int entries)
    {
        const ulong FirstMegabyte = 1 << 20;
        ulong bytes = (ulong)(uint)entries * EntryBytes;
        if (entries is <= 0 or > MostEntries || start.Value < FirstMegabyte || start.Value > ulong.MaxValue - bytes || (start.Value & 7) != 0
            || DeviceFrames.AccessOf(start.Frame) != DeviceAccess.Full || DeviceFrames.AccessOf((start + (bytes - 1)).Frame) != DeviceAccess.Full)
        {
            return default;
        }

        return new MessageTable(DeviceWindow.Open(start, (int)bytes));
    }

    /// <summary>Masks an entry or lets it through.</summary>
    public void SetMask(int entry, bool masked)
    {
        uint control = _registers.Read32((entry * EntryBytes) + 12);
        _registers.Write32((entry * EntryBytes) + 12, masked ? control | Masked : control & ~Masked);
    }

    /// <summary>Says what an entry sends; it is masked by the caller meanwhile.</summary>
    public void SetMessage(int entry, ulong address, uint data)
    {
        int at = entry * EntryBytes;
        _registers.Write32(at, (uint)(address & uint.MaxValue));
        _registers.Write32(at + 4, (uint)(address >> 32));
        _registers.Write32(at + 8, data);
    }
}
