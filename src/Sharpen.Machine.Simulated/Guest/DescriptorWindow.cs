using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Guest;

/// <summary>Where the simulated CPU would see the tables of its vCPU; it only counts, and has an LDT window at a place of its own.</summary>
internal static class DescriptorWindow
{
    /// <summary>Where the pretended window of the LDT begins.</summary>
    internal const ulong LdtWindow = 0xffff_8123_4567_0000;

    internal static void Load(ref VcpuDescriptors tables)
    {
        _ = tables.GdtMap;
        GuestCpu.State.DescriptorLoads++;
    }

    internal static bool TryFindLdtPage(GuestLinear address, out int page)
    {
        ulong offset = unchecked(address.Value - LdtWindow);
        page = (int)(offset >> PageSize.Shift & (VcpuDescriptors.LdtPages - 1));
        return offset < VcpuDescriptors.LdtPages * PageSize.Bytes;
    }
}
