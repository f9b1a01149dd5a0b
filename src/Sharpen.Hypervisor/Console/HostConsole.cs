using System;
using Sharpen.Machine.Io;
using Sharpen.Machine.Locks;
using Sharpen.Machine.State;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Console;

/// <summary>
/// The host's console: lines go whole into the ring, under one lock, and the serial port drains the ring. A port that does not take bytes
/// is waited for once, for a bounded number of polls; from then on it is offered bytes but never waited for, so it costs nobody time.
/// </summary>
public static class HostConsole
{
    private const int Patience = 100_000;
    private const uint GuestBurst = 10;

    private static Duration GuestInterval => Duration.FromMilliseconds(500);

    private static ref ConsoleState State => ref Root.Of<ConsoleState>();

    /// <summary>Finds the port. After this, lines come out (those written before, too). Again when the command line names another.</summary>
    /// <param name="portBase">The first of its I/O ports; 0 for the usual one.</param>
    /// <param name="baud">Bits per second; 0 to leave the speed as it is.</param>
    public static void Initialise(ushort portBase = 0, uint baud = 115200)
    {
        bool isThere = SerialPort.Initialise(portBase, baud);
        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        State.HasPort = isThere;
        Drain(ref State);
    }

    /// <summary>From now on lines do not wait for the port; needs regular calls of <see cref="Poll"/>.</summary>
    public static void GoAsynchronous()
    {
        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        State.IsAsynchronous = true;
    }

    /// <summary>No more lines to the port; the ring goes on (<c>console=none</c>).</summary>
    public static void Silence()
    {
        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        State.HasPort = false;
    }

    /// <summary>For a panic: forgets who holds the lock, waits for the port again. Nobody else may be running.</summary>
    public static void EnterPanic()
    {
        State.Lock.BreakForPanic();
        State.IsAsynchronous = false;
        State.IsStuck = false;
    }

    /// <summary>Sets the thresholds.</summary>
    public static void SetLevels(LogLevel host, LogLevel guest)
    {
        State.Levels.Host = host;
        State.Levels.Guest = guest;
    }

    /// <summary>Writes one line with its prefix and a line feed, whole.</summary>
    public static void WriteLine(scoped ReadOnlySpan<byte> prefix, scoped ReadOnlySpan<byte> text)
    {
        ref ConsoleState state = ref State;
        using Locked<ConsoleRank> held = state.Lock.Enter(NoLocks.Held);     // innermost: whatever the caller holds is ranked before it
        state.Ring.Append(prefix);
        state.Ring.Append(text);
        state.Ring.Append("\n"u8);
        Drain(ref state);
    }

    /// <summary>Writes text as it is: for the hardware domain, which formats its own lines.</summary>
    public static void WriteRaw(scoped ReadOnlySpan<byte> text)
    {
        ref ConsoleState state = ref State;
        using Locked<ConsoleRank> held = state.Lock.Enter(NoLocks.Held);
        state.Ring.Append(text);
        Drain(ref state);
    }

    /// <summary>Gives the port what it takes without waiting. True when nothing is left to give.</summary>
    public static bool Poll()
    {
        ref ConsoleState state = ref State;
        if (!state.HasPort || state.SerialNext == state.Ring.Producer)
        {
            return true;
        }

        using Locked<ConsoleRank> held = state.Lock.Enter(NoLocks.Held);
        Drain(ref state);
        return state.SerialNext == state.Ring.Producer;
    }

    /// <summary>Copies kept text from a position on (0 or older than the ring: from the oldest) and moves the position past it.</summary>
    /// <returns>Bytes copied.</returns>
    public static int Read(ref uint position, scoped Span<byte> destination)
    {
        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        return State.Ring.Read(ref position, destination);
    }

    /// <summary>The position of the oldest text that readers are shown.</summary>
    public static uint Oldest()
    {
        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        return State.Ring.Oldest;
    }

    /// <summary>Hides the text so far from readers that start at the beginning.</summary>
    public static void Clear()
    {
        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        State.Ring.Clear();
    }

    /// <summary>One token of the limit on lines that guests cause; the first line after a loss tells how many were lost.</summary>
    internal static bool TakeGuestToken()
    {
        uint lost;
        bool taken;
        using (Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held))
        {
            taken = State.GuestLines.Take(ConsoleClock.Now, GuestBurst, GuestInterval);
            lost = taken ? State.GuestLines.TakeRefused() : 0;
        }

        if (lost != 0)
        {
            Log.Report($"guests: {lost} lines suppressed");
        }

        return taken;
    }

    private static void Drain(ref ConsoleState state)
    {
        if (!state.HasPort)
        {
            return;
        }

        state.SerialNext = state.Ring.Clamp(state.SerialNext);
        while (state.SerialNext != state.Ring.Producer)
        {
            int patience = state.IsAsynchronous || state.IsStuck ? 1 : Patience;
            bool isTaken = SerialBurst.Send(in state.Ring, ref state.SerialNext, patience);
            state.IsStuck = !isTaken && (state.IsStuck || !state.IsAsynchronous);
            if (!isTaken)
            {
                return;
            }
        }
    }
}
