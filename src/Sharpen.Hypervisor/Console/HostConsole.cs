using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Io;
using Sharpen.Machine.Locks;
using Sharpen.Machine.State;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Console;

/// <summary>
/// The host's console: lines go whole into two rings, under one lock; one is kept for readers, the serial port drains the other. A port that
/// does not take bytes is waited for once, for a bounded number of polls; from then on it is offered bytes but never waited for.
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

    /// <summary>From now on lines do not wait for the port: its interrupt calls <see cref="Poll"/> when it takes more.</summary>
    public static void GoAsynchronous()
    {
        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        State.IsAsynchronous = true;
    }

    /// <summary>The port takes all there is before this returns, and each line from now on: the host is about to stop.</summary>
    public static void Finish()
    {
        if (State.IsPanicking)
        {
            return;                             // every line has been waited for, and the lock's holder may have been stopped
        }

        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        State.IsAsynchronous = false;
        Drain(ref State);
    }

    /// <summary>No more lines to the port; the ring goes on (<c>console=none</c>).</summary>
    public static void Silence()
    {
        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        State.HasPort = false;
    }

    /// <summary>For a panic: from now on no lock is taken, since its holder may have been stopped, and lines wait for the port again.</summary>
    public static void EnterPanic()
    {
        State.Lock.BreakForPanic();
        State.IsPanicking = true;
        State.IsAsynchronous = false;
        State.IsStuck = false;
    }

    /// <summary>The thresholds.</summary>
    public static LogLevels Levels => State.Levels;

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
        if (MayWriteUnlocked(in state))
        {
            Append(ref state, prefix, text, "\n"u8);
            return;
        }

        using Locked<ConsoleRank> held = state.Lock.Enter(NoLocks.Held);     // innermost: whatever the caller holds is ranked before it
        Append(ref state, prefix, text, "\n"u8);
    }

    /// <summary>Writes text as it is: for the hardware domain, which formats its own lines. Readers do not see it unless they are to.</summary>
    /// <remarks>Who writes more than the port takes waits for it, so that nothing is lost: as long as the port is not stuck.</remarks>
    public static void WriteRaw(scoped ReadOnlySpan<byte> text)
    {
        ref ConsoleState state = ref State;
        using Locked<ConsoleRank> held = state.Lock.Enter(NoLocks.Held);
        if (state.HasPort && Pending(in state) > (uint)(ConsoleRing.Capacity - text.Length))
        {
            bool waits = state.IsAsynchronous;
            state.IsAsynchronous = false;
            Drain(ref state, (uint)(ConsoleRing.Capacity - text.Length));
            state.IsAsynchronous = waits;
        }

        state.Output.Append(text);
        if (state.KeepsRaw)
        {
            Keep(ref state, text);
        }

        Drain(ref state);
    }

    /// <summary>What <see cref="WriteRaw"/> writes is kept for readers, or not.</summary>
    public static void KeepRaw(bool keeps) => State.KeepsRaw = keeps;

    /// <summary>True once after text has been kept: those who follow it want to know.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TakeNews()
    {
        if (!Volatile.Read(ref State.HasNews))
        {
            return false;
        }

        Volatile.Write(ref State.HasNews, false);
        return true;
    }

    /// <summary>
    /// Keeps everybody else from writing while other CPUs, which may have been interrupted while they held the lock or waited for it, are
    /// asked to write in turn: see <see cref="LendTo"/>.
    /// </summary>
    public static Locked<ConsoleRank> Hold() => State.Lock.Enter(NoLocks.Held);

    /// <summary>Lets a CPU write without the lock, which the caller holds for it.</summary>
    public static void LendTo(CpuId cpu, in Locked<ConsoleRank> held)
    {
        _ = held;
        Volatile.Write(ref State.LentTo, (uint)cpu.Value + 1);
    }

    /// <summary>Ends <see cref="LendTo"/>.</summary>
    public static void TakeBack(in Locked<ConsoleRank> held)
    {
        _ = held;
        Volatile.Write(ref State.LentTo, 0u);
    }

    /// <summary>Sends all of the ring through the port once more.</summary>
    public static void Replay()
    {
        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        State.Output = State.Ring;
        State.SerialNext = State.Ring.Oldest;
        Drain(ref State);
    }

    /// <summary>Gives the port what it takes without waiting. True when nothing is left to give.</summary>
    public static bool Poll()
    {
        ref ConsoleState state = ref State;
        if (!state.HasPort || state.SerialNext == state.Output.Producer)
        {
            return true;
        }

        using Locked<ConsoleRank> held = state.Lock.Enter(NoLocks.Held);
        Drain(ref state);
        return state.SerialNext == state.Output.Producer;
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

    /// <summary>True when the position is one that has been written and is still there, or the end.</summary>
    public static bool Has(uint position)
    {
        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        return State.Ring.Clamp(position) == position;
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
            taken = State.GuestLines.Take(Clock.Now, GuestBurst, GuestInterval);
            lost = taken ? State.GuestLines.TakeRefused() : 0;
        }

        if (lost != 0)
        {
            Log.Report($"guests: {lost} lines suppressed");
        }

        return taken;
    }

    private static bool MayWriteUnlocked(in ConsoleState state) =>
        state.IsPanicking || Volatile.Read(in state.LentTo) == (uint)Processor.Id.Value + 1;

    private static void Append(ref ConsoleState state, scoped ReadOnlySpan<byte> first, scoped ReadOnlySpan<byte> second, scoped ReadOnlySpan<byte> third)
    {
        Put(ref state, first);
        Put(ref state, second);
        Put(ref state, third);
        Drain(ref state);
    }

    private static void Put(ref ConsoleState state, scoped ReadOnlySpan<byte> text)
    {
        Keep(ref state, text);
        state.Output.Append(text);
    }

    private static void Keep(ref ConsoleState state, scoped ReadOnlySpan<byte> text)
    {
        state.Ring.Append(text);
        Volatile.Write(ref state.HasNews, true);
        Attention.Raise();
    }

    private static uint Pending(in ConsoleState state) => unchecked(state.Output.Producer - state.SerialNext);

    // Until so many bytes are left.
    private static void Drain(ref ConsoleState state, uint leave = 0)
    {
        if (!state.HasPort)
        {
            return;
        }

        state.SerialNext = state.Output.Clamp(state.SerialNext);
        while (Pending(in state) > leave)
        {
            int patience = state.IsAsynchronous || state.IsStuck ? 1 : Patience;
            bool isTaken = SerialBurst.Send(in state.Output, ref state.SerialNext, patience);
            state.IsStuck = !isTaken && (state.IsStuck || !state.IsAsynchronous);
            if (!isTaken)
            {
                AwaitInterrupt(ref state, state.IsAsynchronous);
                return;
            }
        }

        AwaitInterrupt(ref state, false);
    }

    private static void AwaitInterrupt(ref ConsoleState state, bool wanted)
    {
        if (state.AwaitsInterrupt != wanted)
        {
            state.AwaitsInterrupt = wanted;
            SerialPort.UseInterrupts(output: wanted);
        }
    }
}
