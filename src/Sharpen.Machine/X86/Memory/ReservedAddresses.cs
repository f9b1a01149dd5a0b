using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Memory;

/// <summary>Addresses at which the processor itself does something: no guest may reach them.</summary>
/// <remarks>Sources: AMD64 volume 2, section 16.11 (interrupt messages); the HyperTransport I/O Link Specification, its address map.</remarks>
internal static class ReservedAddresses
{
    private const ulong Messages = 0xfee0_0000;
    private const ulong MessagesEnd = 0xfef0_0000;
    private const ulong Links = 0xfd_0000_0000;
    private const ulong LinksEnd = 0x100_0000_0000;
    private const uint AuthenticAmd = 0x68747541;
    private const uint HygonGenuine = 0x6f677948;

    /// <summary>A write there is an interrupt, or a message on the link between processors.</summary>
    internal static void Withhold()
    {
        DeviceFrames.Withhold(Between(Messages, MessagesEnd), DeviceAccess.None);
        if (Cpuid.Query(0).Ebx is AuthenticAmd or HygonGenuine)
        {
            DeviceFrames.Withhold(Between(Links, LinksEnd), DeviceAccess.None);
        }
    }

    private static FrameRange Between(ulong start, ulong end) => FrameRange.Between(new MachineAddress(start).Frame, new MachineAddress(end).Frame);
}
