using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Boot.Hardware;

/// <summary>Chooses the timer by which the others are measured: the finest that is there and counts.</summary>
public static class Timers
{
    /// <summary>After this <see cref="Clock.Now"/> and <see cref="LocalTimer"/> work.</summary>
    public static void Calibrate()
    {
        ref AcpiFacts facts = ref Firmware.Facts;
        if (facts.Hpet.Value != 0)
        {
            if (Calibration.TryHpet(facts.Hpet))
            {
                Report("HPET"u8);
                return;
            }

            Log.Warning($"HPET does not count; trying the ACPI timer");
        }

        if (facts.Fixed.PmTimer.IsPort)
        {
            if (Calibration.TryPowerManagementTimer((ushort)facts.Fixed.PmTimer.Address))
            {
                Report("ACPI timer"u8);
                return;
            }

            Log.Warning($"ACPI timer does not count; trying the PIT");
        }

        if (Calibration.TryPit())
        {
            Report("PIT"u8);
        }
        else
        {
            Log.Warning($"no timer of known rate counts: 1 GHz is assumed");
        }
    }

    private static void Report(System.ReadOnlySpan<byte> reference) =>
        Log.Info($"Platform timer is {reference}; TSC {Clock.TicksPerSecond / 1000} kHz, local timer {Clock.LocalTimerTicksPerSecond / 1000} kHz");
}
