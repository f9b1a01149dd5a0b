using System;
using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Interrupts;

/// <summary>
/// The host's interrupts as lines with numbers: first the pins of the I/O APICs by their global interrupt, then messages of devices. A
/// domain claims a line; what arrives on it is masked, if it is a level, until the domain says that the device is content.
/// </summary>
/// <remarks>
/// An interrupt is ended at the CPU as soon as it arrives, so that a guest which never answers holds up its own device only. A line that
/// nobody has claimed is masked when it arrives all the same.
/// </remarks>
public static class InterruptLines
{
    /// <summary>Line numbers are below this.</summary>
    public const int Count = 1024;

    /// <summary>Pins that a host may have; the other numbers are for messages.</summary>
    public const int MostPins = 512;

    private const int FirstPciPin = 16;
    private const int VectorsPerCpu = 208;

    private static ref LinesState State => ref Root.Of<LinesState>();

    /// <summary>How many numbers there are for pins.</summary>
    public static int GsiCount => State.GsiCount;

    /// <summary>How many numbers for interrupts the hardware domain has: pins and 208 more with each doubling of CPUs, but not more than 208 a CPU.</summary>
    public static int NumberLimit
    {
        get
        {
            ref LinesState state = ref State;
            if (state.NumberLimit == 0)
            {
                int cpus = Math.Max(Processors.Online.Count, 1);
                int doublings = System.Numerics.BitOperations.Log2((ulong)(uint)cpus) + 1;
                state.NumberLimit = Math.Min(state.GsiCount + (doublings * VectorsPerCpu), cpus * VectorsPerCpu);
            }

            return state.NumberLimit;
        }
    }

    /// <summary>Makes room on every CPU. Once, before the boot CPU's own area is made.</summary>
    public static void Reserve() => PerCpu.Reserve<CpuVectors>();

    /// <summary>Adds the pins of a controller, masked; pins beyond <see cref="MostPins"/> are not used. At boot.</summary>
    public static void Add(IoApic controller, ulong address, uint firstInterrupt)
    {
        ref LinesState state = ref State;
        if (firstInterrupt >= MostPins || state.ControllerCount == state.Controllers.Span.Length)
        {
            return;
        }

        int end = Math.Min((int)firstInterrupt + (int)controller.Pins, MostPins);
        state.Addresses[state.ControllerCount] = address;
        state.Controllers[state.ControllerCount++] = controller;
        state.GsiCount = Math.Max(state.GsiCount, end);
        for (int gsi = (int)firstInterrupt; gsi < end; gsi++)
        {
            ref InterruptLine line = ref state.Lines[gsi];
            line.Kind = LineKind.Pin;
            line.IsMaskable = true;
            line.IsLevel = gsi >= FirstPciPin;
            line.IsActiveLow = gsi >= FirstPciPin;
        }
    }

    /// <summary>A register of the I/O APIC at an address, by the low eight bits of its number. <see cref="Errno.Inval"/>: there is no I/O APIC.</summary>
    public static Result<uint> Look(ulong address, uint register)
    {
        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(NoLocks.Held);
        for (int index = 0; index < state.ControllerCount; index++)
        {
            if (state.Addresses[index] == address)
            {
                return state.Controllers[index].Look((byte)(register & byte.MaxValue));
            }
        }

        return Errno.Inval;
    }

    /// <summary>Says how a pin is wired, once. <see cref="Errno.Inval"/>: no such pin; <see cref="Errno.Exist"/>: it was said before, or the pin is in use.</summary>
    public static Result SetUp(int gsi, bool level, bool activeLow)
    {
        ref LinesState state = ref State;
        if (gsi < 0 || gsi >= state.GsiCount)
        {
            return Errno.Inval;
        }

        using Locked<InterruptRank> held = state.Lock.Enter(NoLocks.Held);
        ref InterruptLine line = ref state.Lines[gsi];
        if (line.Kind != LineKind.Pin)
        {
            return Errno.Inval;
        }

        if (line.IsOwn || line.IsClaimed || line.IsSetUp)
        {
            return Errno.Exist;
        }

        line.IsSetUp = true;
        line.IsLevel = level;
        line.IsActiveLow = activeLow;
        return Result.Success;
    }

    /// <summary>How a pin is wired as far as firmware knows; whoever knows better may still say so. At boot.</summary>
    public static void Assume(uint gsi, bool level, bool activeLow)
    {
        ref LinesState state = ref State;
        if (gsi < (uint)state.GsiCount)
        {
            ref InterruptLine line = ref state.Lines[(int)gsi];
            line.IsLevel = level;
            line.IsActiveLow = activeLow;
        }
    }

    /// <summary>A pin of the hypervisor's own, with a vector that is not among those for lines; from now on it comes to this CPU.</summary>
    public static bool TryTakeOwn(int gsi, Vector vector, bool level, bool activeLow)
    {
        if (gsi < 0 || gsi >= GsiCount)
        {
            return false;
        }

        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(NoLocks.Held);
        ref InterruptLine line = ref state.Lines[gsi];
        if (line.Kind != LineKind.Pin)
        {
            return false;
        }

        line.IsOwn = true;
        line.IsLevel = level;
        line.IsActiveLow = activeLow;
        line.Vector = (byte)vector;
        line.Cpu = Processor.Id.Value;
        LineHardware.Route(held, ref line, gsi, masked: false);
        return true;
    }

    /// <summary>What is known of a line now; <see cref="LineKind.None"/> for any other number.</summary>
    public static InterruptLine Snapshot(int number)
    {
        if (number is < 0 or >= Count)
        {
            return default;
        }

        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(NoLocks.Held);
        return state.Lines[number];
    }

    /// <summary>Interrupts on a CPU that nobody expected.</summary>
    public static ulong StrayOn(CpuId cpu) => PerCpu.Of<CpuVectors>(cpu).Stray;
}
