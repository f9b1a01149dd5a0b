using System.Threading;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Interrupts;

/// <summary>Each CPU's interrupt controller, through memory (xAPIC) or MSRs (x2APIC).</summary>
/// <remarks>Source: Intel SDM volume 3, chapter "Advanced Programmable Interrupt Controller".</remarks>
public static class LocalApic
{
    private const int IdRegister = 0x20;
    private const int TaskPriority = 0x80;
    private const int EndOfInterrupt = 0xb0;
    private const int SpuriousVector = 0xf0;
    private const int ErrorStatus = 0x280;
    private const int CommandLow = 0x300;
    private const int CommandHigh = 0x310;
    private const int TimerEntry = 0x320;
    private const int PerformanceEntry = 0x340;
    private const int Lint0 = 0x350;
    private const int Lint1 = 0x360;
    private const int ErrorEntry = 0x370;
    private const int TimerInitial = 0x380;
    private const int TimerCurrent = 0x390;
    private const int TimerDivide = 0x3e0;
    private const uint Masked = 1 << 16;
    private const uint Enabled = 1 << 8;
    private const uint Pending = 1 << 12;
    private const uint NmiDelivery = 4 << 8;
    private const uint InitDelivery = 5 << 8;
    private const uint StartDelivery = 6 << 8;
    private const uint Assert = 1 << 14;
    private const ulong BaseEnabled = 1 << 11;
    private const ulong BaseX2Apic = 1 << 10;

    private struct State
    {
        internal DeviceWindow Registers;
        internal bool X2Apic;
    }

    private static ref State Shared => ref Root.Of<State>();

    /// <summary>Chooses the way of access; once, on the boot CPU. The firmware's choice of x2APIC is kept.</summary>
    /// <param name="registers">Where the firmware's tables say the registers are.</param>
    /// <param name="allowX2Apic">False keeps to xAPIC unless the firmware has left it already.</param>
    public static void Choose(MachineAddress registers, bool allowX2Apic)
    {
        ref State shared = ref Shared;
        bool alreadyX2 = (Msr.Read(Msr.ApicBase) & BaseX2Apic) != 0;
        shared.X2Apic = CpuFeatures.Host.X2Apic && (alreadyX2 || allowX2Apic);
        if (!shared.X2Apic)
        {
            shared.Registers = DeviceWindow.Open(registers, PageSize.Bytes);
        }
    }

    /// <summary>Switches this CPU's controller on, everything masked but what we ask for.</summary>
    public static void Enable()
    {
        ulong wanted = Msr.Read(Msr.ApicBase) | BaseEnabled;
        if (Shared.X2Apic)
        {
            wanted |= BaseX2Apic;
        }

        Msr.TryWrite(Msr.ApicBase, wanted);
        Write(TaskPriority, 0);
        Write(TimerEntry, Masked | (uint)Vector.LocalTimer);
        Write(PerformanceEntry, Masked);
        Write(Lint0, Masked);
        Write(Lint1, NmiDelivery);
        Write(ErrorEntry, (uint)Vector.ApicError);
        Write(SpuriousVector, Enabled | (uint)Vector.Spurious);
    }

    /// <summary>The number that messages to this CPU carry.</summary>
    public static uint Id => Shared.X2Apic ? Read(IdRegister) : Read(IdRegister) >> 24;

    /// <summary>True when MSRs are used.</summary>
    public static bool IsX2Apic => Shared.X2Apic;

    /// <summary>Ends the interrupt being served.</summary>
    public static void Acknowledge() => Write(EndOfInterrupt, 0);

    /// <summary>Sends an interrupt to one CPU.</summary>
    internal static void Send(uint apicId, Vector vector) => Command(apicId, Assert | (uint)vector);

    /// <summary>Sends a non-maskable interrupt to one CPU.</summary>
    internal static void SendNmi(uint apicId) => Command(apicId, Assert | NmiDelivery);

    /// <summary>Puts a CPU into the wait-for-start state.</summary>
    internal static void SendInit(uint apicId) => Command(apicId, Assert | InitDelivery);

    /// <summary>Starts a waiting CPU in real mode at a page below 1 MiB.</summary>
    internal static void SendStart(uint apicId, Mfn page) => Command(apicId, Assert | StartDelivery | ((uint)page.Value & 0xff));

    /// <summary>Starts the countdown; 0 stops it.</summary>
    internal static void StartTimer(uint ticks)
    {
        Write(TimerDivide, 0xb);
        Write(TimerEntry, (ticks == 0 ? Masked : 0) | (uint)Vector.LocalTimer);
        Write(TimerInitial, ticks);
    }

    /// <summary>What is left of the countdown, in ticks.</summary>
    internal static uint TimerLeft => Read(TimerCurrent);

    /// <summary>Counts down without an interrupt, for calibration.</summary>
    internal static void StartSilentTimer(uint ticks)
    {
        Write(TimerDivide, 0xb);
        Write(TimerEntry, Masked | (uint)Vector.LocalTimer);
        Write(TimerInitial, ticks);
    }

    private static void Command(uint apicId, uint command)
    {
        if (Shared.X2Apic)
        {
            Interlocked.MemoryBarrier();
            Msr.TryWrite(Msr.X2ApicFirst + (CommandLow >> 4), ((ulong)apicId << 32) | command);
            return;
        }

        for (int turn = 0; turn < 100_000 && (Read(CommandLow) & Pending) != 0; turn++)
        {
            Processor.Relax();
        }

        Write(CommandHigh, apicId << 24);
        Write(CommandLow, command);
    }

    private static uint Read(int register) =>
        Shared.X2Apic ? (uint)Msr.Read(Msr.X2ApicFirst + ((uint)register >> 4)) : Shared.Registers.Read32(register);

    private static void Write(int register, uint value)
    {
        if (Shared.X2Apic)
        {
            Msr.TryWrite(Msr.X2ApicFirst + ((uint)register >> 4), value);
        }
        else
        {
            Shared.Registers.Write32(register, value);
        }
    }
}
