using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>Brings the console, which has been speaking already, to what the command line asks for.</summary>
public static class ConsoleSetup
{
    /// <summary>Thresholds, switch key, port, speed; the ring's text comes out on a port that is named late.</summary>
    public static void Apply(in HostOptions options)
    {
        HostConsole.SetLevels(options.Levels.Host, options.Levels.Guest);
        HostConsole.KeepRaw(options.KeepsConsole);
        ConsoleInput.SetSwitchKey(options.SwitchKey);
        SerialSetup serial = options.Serial;
        if (options.IsSilent)
        {
            HostConsole.Silence();
        }
        else if (serial.Baud != 0 || serial.PortBase != 0 || serial.IsAuto)
        {
            HostConsole.Initialise(serial.PortBase, serial.IsAuto ? 0 : serial.Baud);
        }
    }

    /// <summary>Serial input goes to the hardware domain from now on, unless the command line wants it here first.</summary>
    public static void GiveInput(in HostOptions options)
    {
        if (!Refs.IsNull(ref DomainList.FindHardware()))
        {
            ConsoleInput.AttachGuest(options.InputStartsHere);
        }
    }
}
