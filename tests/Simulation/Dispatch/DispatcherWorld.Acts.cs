using System;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Time;

namespace Sharpen.Simulation.Dispatch;

/// <summary>What guests and the toolstack do.</summary>
public sealed partial class DispatcherWorld
{
    private ref Vcpu VcpuOf(GuestRecord guest) => ref DomainList.VcpuOf(ref DomainList.Find(guest.Domain), 0);

    private void Act()
    {
        int cpu = _random.Below(_online.Length);
        _machine.Bind(cpu);
        if (!_online[cpu])
        {
            if (_random.OneIn(4))
            {
                Plug(cpu);
            }

            return;
        }

        GuestRecord other = _guests[_random.Below(_guests.Length)];
        switch (_random.Below(16))
        {
            case < 9:
                ActAsGuest(cpu, other);
                break;
            case < 11:
                Pause(other);
                break;
            case 11:
                VcpuGlue.SetWeight(ref DomainList.Find(other.Domain), (ushort)(64 << _random.Below(5)));
                break;
            case 12:
                Pin(other);
                break;
            case 13:
                Unplug(cpu);
                return;
            case 14:
                Cap(other);
                break;
            default:
                Raise(other);
                break;
        }

        Leave();
    }

    private void ActAsGuest(int cpu, GuestRecord other)
    {
        if (!Dispatcher.HasCurrent)
        {
            return;
        }

        ref Vcpu current = ref Dispatcher.Current;
        GuestRecord guest = _guests[current.Id.Domain.Value - 1];
        if (GuestCpu.Registers.Rbx != guest.Counter)
        {
            throw Broken($"d{guest.Domain.Value} has lost its registers");
        }

        GuestCpu.Registers.Rbx = ++guest.Counter;
        TakeEvents(guest);
        switch (_random.Below(5))
        {
            case 0:
                Note($"d{guest.Domain.Value}: yields CPU {cpu}");
                VcpuGlue.Yield(ref current);
                break;
            case 1:
                Note($"d{guest.Domain.Value}: blocks");
                VcpuGlue.Sleep(ref current, VcpuHalt.Blocked);
                guest.IsBlocked = true;
                break;
            case 2 or 3:
                guest.Timer = Now + _random.Below(8_000_000UL);
                Note($"d{guest.Domain.Value}: timer at {guest.Timer / 1000} us, blocks");
                VcpuGlue.ArmTimer(ref current, new Instant(guest.Timer));
                VcpuGlue.Sleep(ref current, VcpuHalt.Blocked);
                guest.IsBlocked = true;
                break;
            default:
                Raise(other);
                break;
        }
    }

    /// <summary>The guest looks at its events and clears them, as a kernel does before it blocks.</summary>
    private void TakeEvents(GuestRecord guest)
    {
        NoticeTimer(guest);
        ref SharedInfo shared = ref SharedPages.Of(ref DomainList.Find(guest.Domain));
        EventBits.Clear(ref shared, guest.Port);
        EventBits.VcpuInfoOf(ref shared, 0).UpcallPending = 0;
        EventBits.VcpuInfoOf(ref shared, 0).PendingSelector = 0;
    }

    /// <summary>A timer that has fired has raised its event, and ended the sleep. It must not fire before its time.</summary>
    private void NoticeTimer(GuestRecord guest)
    {
        if (EventBits.IsPending(ref SharedPages.Of(ref DomainList.Find(guest.Domain)), guest.Port) && guest.Timer != ulong.MaxValue)
        {
            guest.IsBlocked = guest.Timer > Now ? throw Broken($"d{guest.Domain.Value}'s timer fired before {guest.Timer}") : false;
            guest.Timer = ulong.MaxValue;
        }
    }

    private void Raise(GuestRecord guest)
    {
        Note($"d{guest.Domain.Value}: woken");
        guest.IsBlocked = false;
        VcpuGlue.Wake(ref DomainList.Find(guest.Domain), VcpuSet.Of(0));
    }

    private void Pause(GuestRecord guest)
    {
        bool isPause = guest.Pauses == 0 || (guest.Pauses < 3 && _random.OneIn(2));
        Note($"d{guest.Domain.Value}: {(isPause ? "paused" : "unpaused")}");
        guest.Pauses += isPause ? 1 : -1;
        if (isPause)
        {
            VcpuGlue.Pause(ref VcpuOf(guest));
        }
        else if (!VcpuGlue.Unpause(ref VcpuOf(guest)))
        {
            throw Broken($"d{guest.Domain.Value} was not paused");
        }
    }

    private void Cap(GuestRecord guest)
    {
        uint percent = _kind == SchedulerKind.Credit2 ? (uint)(_random.Below(3) * _random.Below(60)) : 0;
        Note($"d{guest.Domain.Value}: capped at {percent} %");
        VcpuGlue.SetCap(ref DomainList.Find(guest.Domain), percent);
    }

    private void Pin(GuestRecord guest)
    {
        CpuMask mask = default;
        mask.Add(new CpuId(_random.Below(_online.Length)));
        mask.Add(new CpuId(_random.Below(_online.Length)));
        if (_random.OneIn(2))
        {
            mask.Fill();
        }

        Note($"d{guest.Domain.Value}: pinned");
        VcpuGlue.SetAffinity(ref VcpuOf(guest), in mask);
    }

    private void Plug(int cpu)
    {
        Note($"CPU {cpu}: online");
        _machine.Bind(cpu);
        _online[cpu] = true;
        if (!_known[cpu])
        {
            _known[cpu] = true;
            Dispatcher.Online();
            Leave();
            return;
        }

        Change(cpu, isUp: true);
    }

    private void Unplug(int cpu)
    {
        if (_online.Count(isOnline => isOnline) > 1)
        {
            Note($"CPU {cpu}: offline");
            Change(cpu, isUp: false);
            _online[cpu] = false;
            _machine.TakeKick(cpu);
        }
    }

    // A CPU is asked, by itself here, and follows on its way out.
    private void Change(int cpu, bool isUp)
    {
        Errno asked = CpuPlug.Ask(new CpuId(cpu), isUp).Error;
        Leave();
        Errno told = CpuPlug.Ask(new CpuId(cpu), isUp).Error;
        if (asked != Errno.Again || told != Errno.None || HostCpus.IsActive((uint)cpu) != isUp)
        {
            throw Broken($"CPU {cpu} was asked ({asked}) and did not follow ({told})");
        }
    }
}
