using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Boot.Map;
using Sharpen.Hypervisor.Memory;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Boot.Hardware;

/// <summary>Puts the memory map together that the control domain sees.</summary>
public static class PublishedMap
{
    private const ulong InterruptMessages = 0xfee00000;
    private const ulong InterruptMessageBytes = 0x100000;

    /// <summary>Once, when the firmware's tables have been read: its map, with the registers of the interrupt controllers reserved.</summary>
    public static void Publish()
    {
        foreach (MemoryRange range in MemoryMap.Firmware.Ranges)
        {
            HostMap.Append(range.Start, range.Bytes, (uint)range.Kind);
        }

        HostMap.Reserve(InterruptMessages, InterruptMessageBytes);
        foreach (AcpiIoApic controller in Firmware.Facts.IoApics)
        {
            HostMap.Reserve(controller.Address.Value, PageSize.Bytes);
        }
    }
}
