using Sharpen.Abi;
using Sharpen.Machine.Time;
using Xunit;

namespace Sharpen.Simulation.Core;

/// <summary>A well-behaved kernel: binds the timer, then computes, sleeps, polls, yields, prints and asks for the timer, over and over.</summary>
internal sealed class BusyGuest(DomainId id, ulong seed) : SimulatedGuest(id, seed)
{
    private int _started;
    private Instant _timer = Instant.Never;
    private uint _timerPort;

    /// <inheritdoc/>
    protected override bool Act(ref CpuUserRegisters registers) => _started switch
    {
        0 => Begin(ref registers),
        1 => BindTimer(ref registers),
        2 => NoteTimer(ref registers),
        _ => Work(ref registers),
    };

    /// <inheritdoc/>
    protected override void TakeEvents(ulong ports)
    {
        if ((ports & (1UL << (int)_timerPort)) != 0)
        {
            _timer = Instant.Never;
        }
    }

    private bool Begin(ref CpuUserRegisters registers)
    {
        _started++;
        return Call(ref registers, Hypercall.SetCallbacks, EventEntry);
    }

    private bool BindTimer(ref CpuUserRegisters registers)
    {
        Assert.Equal(0UL, registers.Rax);
        _started++;
        return CallWith(ref registers, Hypercall.EventChannelOp, (uint)EventChannelCommand.BindVirq, new EventChannelBindVirq { Virq = Virq.Timer });
    }

    private bool NoteTimer(ref CpuUserRegisters registers)
    {
        Assert.Equal(0UL, registers.Rax);
        _started++;
        _timerPort = Load<EventChannelBindVirq>(Scratch).Port;
        return Call(ref registers, Hypercall.XenVersion, (uint)VersionCommand.Version);
    }

    private bool Work(ref CpuUserRegisters registers)
    {
        // What a timer promised: it may be late by the time others ran, not by more.
        Assert.True(_timer == Instant.Never || (Now - _timer).Nanoseconds < 1_000_000_000, $"d{Id.Value}: the timer event was lost");
        if (_timer == Instant.Never)
        {
            _timer = Now + new Duration(1 + Random.Below(5_000_000UL));
            return Call(ref registers, Hypercall.SetTimerOp, _timer.Nanoseconds);
        }

        return Random.Below(8) switch
        {
            0 => Call(ref registers, Hypercall.SchedOp, (uint)SchedCommand.Yield),
            1 or 2 => Call(ref registers, Hypercall.SchedOp, (uint)SchedCommand.Block),
            3 => CallWith(ref registers, Hypercall.SchedOp, (uint)SchedCommand.Poll, new SchedPoll { Timeout = Now.Nanoseconds + 1 + Random.Below(2_000_000UL) }),
            4 => Print(ref registers),
            _ => false,
        };
    }

    private bool Print(ref CpuUserRegisters registers)
    {
        Store(Scratch, 0x0a6f_6c6c_6568UL);
        return Call(ref registers, Hypercall.ConsoleIo, (uint)ConsoleIoCommand.Write, 6, Scratch);
    }
}
