using Sharpen.Abi;
using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Power;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Power;

/// <summary>Restarts the host, or switches it off, by what the firmware's tables say and then by what has always worked.</summary>
public static class HostPower
{
    private struct State
    {
        internal bool HaltsOnPanic;
        internal RestartWay Way;
    }

    /// <summary>After a crash of the host or of its hardware domain, halt instead of restarting (<c>noreboot</c>).</summary>
    public static void SetHalts(bool halts) => Root.Of<State>().HaltsOnPanic = halts;

    /// <summary>How to restart, tried before all others (<c>reboot=</c>).</summary>
    public static void SetWay(RestartWay way) => Root.Of<State>().Way = way;

    /// <summary>The hardware domain has stopped: the host does what that domain meant. Does not return.</summary>
    public static void Follow(ShutdownReason reason)
    {
        switch (reason)
        {
            case ShutdownReason.PowerOff:
                Log.Report($"Hardware domain powered off: switching the host off.");
                SwitchOff();
                break;
            case ShutdownReason.Crash or ShutdownReason.Watchdog:
                Log.Report($"Hardware domain crashed.");
                End();
                break;
            default:
                Log.Report($"Hardware domain rebooted: restarting the host.");
                Restart();
                break;
        }
    }

    /// <summary>Restarts the host. Does not return.</summary>
    public static void Restart()
    {
        HostConsole.Finish();
        RestartWay way = Root.Of<State>().Way;
        if (way == RestartWay.None)
        {
            Halt();
        }

        Try(way == RestartWay.Best ? RestartWay.Acpi : way);
        Reset.ByAnyMeans();
        Processor.Stop();
    }

    private static void Try(RestartWay way)
    {
        ref FixedHardware hardware = ref Firmware.Facts.Fixed;
        switch (way)
        {
            case RestartWay.Acpi when hardware.Reset.IsPort:
                Reset.ByPort((ushort)hardware.Reset.Address, hardware.ResetValue);
                break;
            case RestartWay.Keyboard:
                Reset.ByKeyboard();
                break;
            case RestartWay.Chipset:
                Reset.ByChipset();
                break;
            case RestartWay.TripleFault:
                Reset.ByFault();
                break;
            default:
                break;
        }
    }

    /// <summary>Switches the host off; halts it when the firmware did not say how. Does not return.</summary>
    public static void SwitchOff()
    {
        ref FixedHardware hardware = ref Firmware.Facts.Fixed;
        HostConsole.Finish();
        if (hardware.CanSwitchOff && hardware.Pm1aControl.IsPort)
        {
            ushort second = hardware.Pm1bControl.IsPort ? (ushort)hardware.Pm1bControl.Address : (ushort)0;
            Reset.Sleep((ushort)hardware.Pm1aControl.Address, hardware.SwitchOffTypeA, second, hardware.SwitchOffTypeB);
            StayOn();
        }

        Log.Report($"The firmware did not say how to switch off. Halted.");
        Processor.Stop();
    }

    /// <summary>Switches the host off with the values for the control registers that the hardware domain found. Returns only when it did not work.</summary>
    /// <returns>False: the firmware named no register.</returns>
    public static bool TrySwitchOff(ushort valueA, ushort valueB)
    {
        ref FixedHardware hardware = ref Firmware.Facts.Fixed;
        if (!hardware.Pm1aControl.IsPort)
        {
            return false;
        }

        Log.Report($"Entering ACPI S5 state.");
        HostConsole.Finish();
        ushort second = hardware.Pm1bControl.IsPort ? (ushort)hardware.Pm1bControl.Address : (ushort)0;
        Reset.Sleep((ushort)hardware.Pm1aControl.Address, SleepType(valueA), second, SleepType(valueB));
        StayOn();
        return true;
    }

    private static void StayOn()
    {
        Log.Report($"The host does not switch off. Halted.");
        Processor.Stop();
    }

    // Source: ACPI specification, "PM1 Control Registers": SLP_TYP.
    private static byte SleepType(ushort value) => (byte)((value >> 10) & 7);

    /// <summary>After a crash: restarts, or halts where that was asked for. Does not return.</summary>
    public static void End()
    {
        if (Root.Of<State>().HaltsOnPanic)
        {
            Halt();
        }

        Log.Report($"Restarting the host.");
        Restart();
    }

    /// <summary>Stops without another try. Does not return.</summary>
    public static void Halt()
    {
        Log.Report($"Halted.");
        Processor.Stop();
    }
}
