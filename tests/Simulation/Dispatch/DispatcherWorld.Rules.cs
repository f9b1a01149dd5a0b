using System.Linq;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;

namespace Sharpen.Simulation.Dispatch;

/// <summary>What must hold after every step.</summary>
public sealed partial class DispatcherWorld
{
    private void CheckRules()
    {
        int[] holders = new int[_guests.Length];
        for (int cpu = 0; cpu < _online.Length; cpu++)
        {
            _machine.Bind(cpu);
            if (_online[cpu] && Dispatcher.HasCurrent)
            {
                holders[Dispatcher.Current.Id.Domain.Value - 1]++;
            }
        }

        bool isQuiet = Enumerable.Range(0, _online.Length).All(cpu => !_machine.IsKicked(cpu));
        bool hasIdleCpu = Enumerable.Range(0, _online.Length).Any(IsIdle);
        for (int index = 0; index < _guests.Length; index++)
        {
            CheckGuest(_guests[index], holders[index], isQuiet && hasIdleCpu);
        }
    }

    private bool IsIdle(int cpu)
    {
        _machine.Bind(cpu);
        return _online[cpu] && !Dispatcher.HasCurrent;
    }

    private void CheckGuest(GuestRecord guest, int holders, bool couldRun)
    {
        ref Vcpu vcpu = ref VcpuOf(guest);
        NoticeTimer(guest);
        bool isWanted = !guest.IsBlocked && guest.Pauses == 0 && !IsCapped(guest, ref vcpu);
        UnitPlace place = vcpu.Unit.Place;
        if (holders > 1 || (holders == 1) != (place == UnitPlace.Running))
        {
            throw Broken($"d{guest.Domain.Value} is on {holders} CPUs and thought {place}");
        }

        if (isWanted && place is not UnitPlace.Running and not UnitPlace.Waiting)
        {
            throw Broken($"d{guest.Domain.Value} wants to run and is {place}: lost");
        }

        if (!isWanted && place == UnitPlace.Waiting)
        {
            throw Broken($"d{guest.Domain.Value} waits and does not want to run");
        }

        bool isFree = vcpu.Unit.Affinity.Count > _online.Length;
        if (couldRun && isFree && place == UnitPlace.Waiting && _kind == SchedulerKind.Credit2)
        {
            throw Broken($"d{guest.Domain.Value} waits while a CPU idles");
        }

        CheckTimes(guest, ref vcpu, place);
    }

    // Time alone ends it, so some CPU is about to notice; a CPU that notices late is no fault.
    private bool IsCapped(GuestRecord guest, ref Vcpu vcpu)
    {
        if ((vcpu.Halts & VcpuHalt.Capped) == 0)
        {
            return false;
        }

        ulong until = vcpu.CapDeadline.Nanoseconds;
        bool isNoticed = Enumerable.Range(0, _online.Length).Any(cpu => (_online[cpu] && _machine.TimerOf(cpu).Nanoseconds <= until) || _machine.IsKicked(cpu));
        return isNoticed ? true : throw Broken($"d{guest.Domain.Value} is capped until {until} and no CPU's timer is set for it");
    }

    private void CheckTimes(GuestRecord guest, ref Vcpu vcpu, UnitPlace place)
    {
        ulong sum = 0;
        for (Runstate state = Runstate.Running; state <= Runstate.Offline; state++)
        {
            sum += vcpu.Runstates.Time(state, _machine.Now);
        }

        if (sum != Now - guest.Born || (place == UnitPlace.Running) != (vcpu.Runstates.State == Runstate.Running))
        {
            throw Broken($"d{guest.Domain.Value} has lived {Now - guest.Born} ns and counts {sum}, {vcpu.Runstates.State} while {place}");
        }

        bool isArmedLater = Enumerable.Range(0, _online.Length).Where(cpu => _online[cpu]).All(cpu => _machine.TimerOf(cpu).Nanoseconds > guest.Timer);
        bool isKicked = Enumerable.Range(0, _online.Length).Any(_machine.IsKicked);
        if (guest.IsBlocked && guest.Timer != ulong.MaxValue && isArmedLater && !isKicked)
        {
            throw Broken($"d{guest.Domain.Value} sleeps until {guest.Timer} and no CPU's timer is set for it");
        }
    }
}
