using System;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Smp;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Boot;

/// <summary>The order in which the host comes up; each line says what it makes true.</summary>
public static class BringUp
{
    /// <summary>From the stub's hand-over, on the boot stack, to the boot CPU's own stack.</summary>
    public static void Early()
    {
        HostConsole.Initialise();
        Processors.CatchFaults();
        Log.Info($"Sharpen");
        FrameRange ram = FrameRange.InsideBytes(new MachineAddress(0x1000000), new MachineAddress(0xf000000));
        Span<FrameRange> one = stackalloc FrameRange[1];
        one[0] = ram;
        bool ok = MemoryBoot.Initialise(one).Try(out var error);
        Log.Info($"memory {(int)error}");
        LegacyPic.Silence();
        LocalApic.Choose(new MachineAddress(0xfee00000), false);
        Log.Info($"apic id {LocalApic.Id}");
        ok = Processors.PrepareBootCpu().Try(out error);
        Log.Info($"prepared {(int)error}");
        Processors.EnterOwnArea();
    }

    /// <summary>The boot CPU on its own stack.</summary>
    public static NextStep Main()
    {
        Processors.InitialiseThisCpu();
        Processors.UseOwnStacks();
        Log.Info($"on own stack");
        Calibration.TryPit();
        Log.Info($"TSC {Clock.TicksPerSecond} timer {Clock.LocalTimerTicksPerSecond}");
        Processors.PlaceTrampoline(new Mfn(8));
        bool ok = Processors.Start(new CpuId(1), 1).Try(out var error);
        Log.Info($"cpu 1 {(int)error}");
        LocalTimer.Arm(Clock.Now + Duration.FromMilliseconds(100));
        Ipi.Kick(new CpuId(1));
        return NextStep.Idle;
    }

    /// <summary>Another CPU on its own stack.</summary>
    public static NextStep OtherCpu()
    {
        Processors.InitialiseThisCpu();
        Log.Info($"cpu {Processor.Id.Value} is here");
        return NextStep.Idle;
    }
}
