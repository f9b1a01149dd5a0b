using System.Runtime;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>From the entry stub to the guest's own program.</summary>
internal static unsafe class Start
{
    [RuntimeExport("guest_start")]
    private static void Begin(StartInfo* info)
    {
        Boot.Info = info;
        Traps.Install();
        Events.Install();
        Program.Main();
        Kernel.Shutdown(ShutdownReason.PowerOff);
    }
}
