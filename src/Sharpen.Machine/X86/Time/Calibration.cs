using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Io;
using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Time;

/// <summary>Measures the time-stamp counter and the local timer against a timer of known rate, for a few milliseconds.</summary>
public static class Calibration
{
    private const ulong FemtosecondsPerSecond = 1_000_000_000_000_000;
    private const uint PowerManagementRate = 3_579_545;
    private const uint PitRate = 1_193_182;
    private const int Patience = 50_000_000;

    /// <summary>Against the HPET. False when it does not count at a believable rate.</summary>
    public static bool TryHpet(MachineAddress registers)
    {
        DeviceWindow hpet = DeviceWindow.Open(registers, 1024);
        ulong period = hpet.Read32(4);
        if (period is 0 or > 100_000_000)
        {
            return false;
        }

        hpet.Write32(0x10, hpet.Read32(0x10) | 1);
        ulong rate = FemtosecondsPerSecond / period;
        uint first = hpet.Read32(0xf0);
        uint span = (uint)(rate / 500);
        Begin(out ulong start, out uint timer);
        for (int turn = 0; turn < Patience; turn++)
        {
            uint passed = unchecked(hpet.Read32(0xf0) - first);
            if (passed >= span)
            {
                Finish(start, timer, passed, rate);
                return true;
            }
        }

        return false;
    }

    /// <summary>Against the ACPI timer. False when it does not count.</summary>
    /// <param name="port">The port of FADT's PM_TMR_BLK.</param>
    public static bool TryPowerManagementTimer(ushort port)
    {
        const uint Mask = 0xffffff;
        const uint Span = PowerManagementRate / 250;
        uint first = Port.In32(port) & Mask;
        Begin(out ulong start, out uint timer);
        for (int turn = 0; turn < Patience / 100; turn++)
        {
            uint passed = unchecked(Port.In32(port) - first) & Mask;
            if (passed >= Span)
            {
                Finish(start, timer, passed, PowerManagementRate);
                return true;
            }
        }

        return false;
    }

    /// <summary>Against channel 2 of the 8254, which every PC has; when even that stands still, 1 GHz is assumed and false returned.</summary>
    public static bool TryPit()
    {
        const uint Span = PitRate / 250;
        Port.Out8(0x61, (byte)((Port.In8(0x61) & 0xfc) | 1));
        Port.Out8(0x43, 0xb0);
        Port.Out8(0x42, 0xff);
        Port.Out8(0x42, 0xff);
        uint first = ReadPit();
        Begin(out ulong start, out uint timer);
        for (int turn = 0; turn < Patience / 100; turn++)
        {
            uint passed = unchecked(first - ReadPit()) & 0xffff;
            if (passed >= Span)
            {
                Finish(start, timer, passed, PitRate);
                return true;
            }
        }

        Clock.Start(start, 1_000_000_000, 1_000_000_000);
        return false;
    }

    private static uint ReadPit()
    {
        Port.Out8(0x43, 0x80);
        uint low = Port.In8(0x42);
        return low | ((uint)Port.In8(0x42) << 8);
    }

    private static void Begin(out ulong start, out uint timer)
    {
        LocalApic.StartSilentTimer(uint.MaxValue);
        start = Instructions.ReadTsc();
        timer = LocalApic.TimerLeft;
    }

    private static void Finish(ulong start, uint timer, uint passed, ulong rate)
    {
        ulong ticks = Instructions.ReadTsc() - start;
        ulong timerTicks = unchecked(timer - LocalApic.TimerLeft);
        LocalApic.StartTimer(0);
        Clock.Start(start, ticks * rate / passed, timerTicks * rate / passed);
    }
}
