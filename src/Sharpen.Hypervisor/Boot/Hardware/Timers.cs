using System;
using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Boot.Options;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Boot.Hardware;

/// <summary>Chooses the timer by which the others are measured: the one that was asked for, else the finest that is there and counts.</summary>
public static class Timers
{
    /// <summary>After this <see cref="Clock.Now"/> and <see cref="LocalTimer"/> work.</summary>
    public static void Calibrate(ClockChoice wanted)
    {
        if (wanted != ClockChoice.Best && !TryOne(wanted))
        {
            Log.Warning($"clocksource={NameOf(wanted)}: that timer is not there or does not count; trying the others");
            wanted = ClockChoice.Best;
        }

        if (wanted == ClockChoice.Best && !TryOne(ClockChoice.Hpet) && !TryOne(ClockChoice.PmTimer) && !TryOne(ClockChoice.Pit))
        {
            Log.Warning($"No timer of known rate counts: 1 GHz is assumed");
        }
    }

    private static bool TryOne(ClockChoice choice)
    {
        ref AcpiFacts facts = ref Firmware.Facts;
        bool counts = choice switch
        {
            ClockChoice.Hpet => facts.Hpet.Value != 0 && Calibration.TryHpet(facts.Hpet),
            ClockChoice.PmTimer => facts.Fixed.PmTimer.IsPort && Calibration.TryPowerManagementTimer((ushort)facts.Fixed.PmTimer.Address),
            _ => Calibration.TryPit(),
        };
        if (counts)
        {
            Log.Info($"Platform timer is {NameOf(choice)}; TSC {Clock.TicksPerSecond / 1000} kHz, local timer {Clock.LocalTimerTicksPerSecond / 1000} kHz");
        }

        return counts;
    }

    private static ReadOnlySpan<byte> NameOf(ClockChoice choice) => choice switch
    {
        ClockChoice.Hpet => "HPET"u8,
        ClockChoice.PmTimer => "the ACPI timer"u8,
        _ => "the PIT"u8,
    };
}
