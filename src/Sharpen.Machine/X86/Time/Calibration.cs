using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Io;
using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Time;

/// <summary>
/// Measures the time-stamp counter and the local timer against a timer of known rate, for two to four milliseconds. Each end
/// of the measurement is the tightest of several readings: a CPU that is stopped between two counters (by firmware, or by the
/// host that emulates it) for longer than the whole measurement would otherwise be off by any factor.
/// </summary>
public static class Calibration
{
    private const ulong FemtosecondsPerSecond = 1_000_000_000_000_000;
    private const uint PowerManagementRate = 3_579_545;
    private const uint PitRate = 1_193_182;

    /// <summary>A nanosecond, in femtoseconds: no HPET is finer, and the products below would not fit.</summary>
    private const ulong ShortestPeriod = 1_000_000;

    /// <summary>100 nanoseconds: the specification's limit. Where nothing answers, all ones are read, which is more.</summary>
    private const ulong LongestPeriod = 100_000_000;

    private const int Patience = 2_000_000;
    private const int Readings = 8;

    /// <summary>Against the HPET. False when it does not count at a believable rate.</summary>
    public static bool TryHpet(MachineAddress registers)
    {
        DeviceWindow hpet = DeviceWindow.Open(registers, 1024);
        ulong period = hpet.Read32(4);
        if (period is < ShortestPeriod or > LongestPeriod)
        {
            return false;
        }

        hpet.Write32(0x10, hpet.Read32(0x10) | 1);
        ulong rate = FemtosecondsPerSecond / period;
        return TryAgainst(new HpetCounter(hpet), rate, (uint)(rate / 500));
    }

    /// <summary>Against the ACPI timer. False when it does not count.</summary>
    /// <param name="port">The port of FADT's PM_TMR_BLK.</param>
    public static bool TryPowerManagementTimer(ushort port) =>
        TryAgainst(new PowerManagementCounter(port), PowerManagementRate, PowerManagementRate / 250);

    /// <summary>Against channel 2 of the 8254, which every PC has; when even that stands still, 1 GHz is assumed and false returned.</summary>
    public static bool TryPit()
    {
        if (TryAgainst(PitCounter.Start(), PitRate, PitRate / 250))
        {
            return true;
        }

        Clock.Start(Instructions.ReadTsc(), 1_000_000_000, 1_000_000_000);
        return false;
    }

    private static bool TryAgainst<TCounter>(TCounter counter, ulong rate, uint span)
        where TCounter : struct, IReferenceCounter
    {
        LocalApic.StartSilentTimer(uint.MaxValue);
        Moment first = Read(counter);
        bool counts = false;
        for (int turn = 0; turn < Patience && !counts; turn++)
        {
            counts = (unchecked(counter.Read() - first.Reference) & TCounter.Mask) >= span;
        }

        if (counts)
        {
            Moment last = Read(counter);
            ulong passed = unchecked(last.Reference - first.Reference) & TCounter.Mask;
            ulong ticks = last.Tsc - first.Tsc;
            ulong timerTicks = unchecked(first.TimerLeft - last.TimerLeft);
            Clock.Start(first.Tsc, ticks * rate / passed, timerTicks * rate / passed);
        }

        LocalApic.StartTimer(0);
        return counts;
    }

    private static Moment Read<TCounter>(TCounter counter)
        where TCounter : struct, IReferenceCounter
    {
        Moment best = default;
        ulong tightest = ulong.MaxValue;
        for (int reading = 0; reading < Readings; reading++)
        {
            Moment moment;
            moment.Tsc = Instructions.ReadTsc();
            moment.Reference = counter.Read();
            moment.TimerLeft = LocalApic.TimerLeft;
            ulong taken = Instructions.ReadTsc() - moment.Tsc;
            if (taken < tightest)
            {
                tightest = taken;
                best = moment;
            }
        }

        return best;
    }

    /// <summary>One moment, as three counters tell it.</summary>
    private struct Moment
    {
        public ulong Tsc;
        public uint Reference;
        public uint TimerLeft;
    }
}
