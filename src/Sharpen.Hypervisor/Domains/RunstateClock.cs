using System;
using Sharpen.Abi;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Domains;

/// <summary>How long a vCPU has been in each of its states; what <see cref="VcpuCommand.GetRunstateInfo"/> shows to its guest.</summary>
public struct RunstateClock
{
    private ulong _running;
    private ulong _runnable;
    private ulong _blocked;
    private ulong _offline;

    /// <summary>What it is doing.</summary>
    public Runstate State { get; private set; }

    /// <summary>Since when.</summary>
    public Instant Since { get; private set; }

    /// <summary>The vCPU is new: it has never been up.</summary>
    public void Begin(Instant now)
    {
        this = default;
        State = Runstate.Offline;
        Since = now;
    }

    /// <summary>It does something else from now on.</summary>
    public void Enter(Runstate state, Instant now)
    {
        if (state != State)
        {
            Slot(State) += (now - Since).Nanoseconds;
            State = state;
            Since = now;
        }
    }

    /// <summary>Nanoseconds in one state up to a time.</summary>
    public readonly ulong Time(Runstate state, Instant now)
    {
        ulong past = state switch
        {
            Runstate.Running => _running,
            Runstate.Runnable => _runnable,
            Runstate.Blocked => _blocked,
            _ => _offline,
        };
        return past + (state == State ? (now - Since).Nanoseconds : 0);
    }

    /// <summary>All of it up to a time, as guests see it.</summary>
    public readonly VcpuRunstateInfo Describe(Instant until)
    {
        VcpuRunstateInfo info = new() { State = State, EntryTime = Since.Nanoseconds };
        Span<ulong> times = Layout.Items<Times4, ulong>(ref info.Time);
        for (int state = 0; state < times.Length; state++)
        {
            times[state] = Time((Runstate)state, until);
        }

        return info;
    }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    private ref ulong Slot(Runstate state)
    {
        switch (state)
        {
            case Runstate.Running:
                return ref _running;
            case Runstate.Runnable:
                return ref _runnable;
            case Runstate.Blocked:
                return ref _blocked;
            default:
                return ref _offline;
        }
    }
}
