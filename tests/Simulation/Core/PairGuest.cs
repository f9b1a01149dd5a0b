using Sharpen.Abi;
using Xunit;

namespace Sharpen.Simulation.Core;

/// <summary>
/// One of two kernels with an event channel between them. The even one is driven by its timer and sends; the odd one has no timer:
/// it sleeps until an event comes, answers it, and sleeps again, so an event that is lost is a sleep for ever.
/// </summary>
internal sealed class PairGuest(DomainId id, ulong seed, Channels channels) : SimulatedGuest(id, seed)
{
    private readonly ushort _partner = (ushort)(id.Value ^ 1);
    private int _stage;
    private int _computes;
    private uint _timerPort = 63;
    private uint _port;
    private bool _isConnected;
    private bool _timerIsSet;
    private bool _owesAnswer;

    private bool IsDriver => Id.Value % 2 == 0;

    /// <inheritdoc/>
    protected override bool Act(ref CpuUserRegisters registers)
    {
        Assert.True(_stage is 0 or > 3 || registers.Rax == 0, $"d{Id.Value}: stage {_stage} was refused: {-(long)registers.Rax}");
        return _stage++ switch
        {
            0 => Call(ref registers, Hypercall.SetCallbacks, EventEntry),
            1 => CallWith(ref registers, Hypercall.EventChannelOp, (uint)EventChannelCommand.BindVirq, new EventChannelBindVirq { Virq = Virq.Timer }),
            2 => Connect(ref registers),
            3 => NotePort(),
            _ => Work(ref registers),
        };
    }

    /// <inheritdoc/>
    protected override void TakeEvents(ulong ports)
    {
        if ((ports & (1UL << (int)_timerPort)) != 0)
        {
            _timerIsSet = false;
        }

        if ((ports & (1UL << (int)_port)) != 0)
        {
            channels.Take(Id.Value, Now);
            _owesAnswer = !IsDriver;
        }
    }

    private bool Connect(ref CpuUserRegisters registers)
    {
        _timerPort = Load<EventChannelBindVirq>(Scratch).Port;
        _isConnected = channels.TryTake(_partner, out uint offered);
        return _isConnected
            ? CallWith(ref registers, Hypercall.EventChannelOp, (uint)EventChannelCommand.BindInterdomain, new EventChannelBindInterdomain { RemoteDomain = _partner, RemotePort = offered })
            : CallWith(ref registers, Hypercall.EventChannelOp, (uint)EventChannelCommand.AllocUnbound, new EventChannelAllocUnbound { Domain = DomainId.Self.Value, RemoteDomain = _partner });
    }

    private bool NotePort()
    {
        _port = _isConnected ? Load<EventChannelBindInterdomain>(Scratch).LocalPort : Load<EventChannelAllocUnbound>(Scratch).Port;
        if (!_isConnected)
        {
            channels.Offer(Id.Value, _port);
        }
        else
        {
            channels.Connect(Id.Value, _partner);
        }

        return false;
    }

    private bool Work(ref CpuUserRegisters registers)
    {
        if (_computes > 0 || Random.OneIn(16))
        {
            _computes = _computes > 0 ? _computes - 1 : Random.Below(400);
            return false;
        }

        if (IsDriver && !_timerIsSet)
        {
            _timerIsSet = true;
            return Call(ref registers, Hypercall.SetTimerOp, Now.Nanoseconds + 1 + Random.Below(3_000_000UL));
        }

        if (_owesAnswer || (IsDriver && Random.OneIn(3)))
        {
            _owesAnswer = false;
            return Send(ref registers);
        }

        return Random.OneIn(2) && Call(ref registers, Hypercall.SchedOp, (uint)SchedCommand.Block);
    }

    // Only the driver's events are timed: they go to one that may be asleep for good.
    private bool Send(ref CpuUserRegisters registers)
    {
        if (IsDriver && channels.IsConnected(_partner))
        {
            channels.Send(_partner, Now);
        }

        return CallWith(ref registers, Hypercall.EventChannelOp, (uint)EventChannelCommand.Send, new EventChannelSend { Port = _port });
    }
}
