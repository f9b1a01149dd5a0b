using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Power;

namespace Sharpen.Hypervisor.Diagnostics;

/// <summary>Restarts the host, or switches it off, by what the firmware's tables say and then by what has always worked.</summary>
public static class HostPower
{
    /// <summary>Restarts the host. Does not return.</summary>
    public static void Restart()
    {
        ref FixedHardware hardware = ref Firmware.Facts.Fixed;
        HostConsole.Poll();
        if (hardware.Reset.IsPort)
        {
            Reset.ByPort((ushort)hardware.Reset.Address, hardware.ResetValue);
        }

        Reset.ByAnyMeans();
        Processor.Stop();
    }

    /// <summary>Switches the host off; halts it when the firmware did not say how. Does not return.</summary>
    public static void SwitchOff()
    {
        ref FixedHardware hardware = ref Firmware.Facts.Fixed;
        HostConsole.Poll();
        if (hardware.CanSwitchOff && hardware.Pm1aControl.IsPort)
        {
            ushort second = hardware.Pm1bControl.IsPort ? (ushort)hardware.Pm1bControl.Address : (ushort)0;
            Reset.Sleep((ushort)hardware.Pm1aControl.Address, hardware.SwitchOffTypeA, second, hardware.SwitchOffTypeB);
        }

        Log.Report($"The firmware did not say how to switch off. Halted.");
        Processor.Stop();
    }

    /// <summary>After a panic: restarts or halts. Does not return.</summary>
    internal static void End(bool halts)
    {
        if (halts)
        {
            Log.Report($"Halted.");
            Processor.Stop();
        }

        Log.Report($"Restarting the host.");
        Restart();
    }
}
