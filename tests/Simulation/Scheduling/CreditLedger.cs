using System;
using Sharpen.Hypervisor.Scheduling;

namespace Sharpen.Simulation.Scheduling;

/// <summary>Every unit's balance kept a second time, eagerly, from what the world saw happen: credits neither appear nor vanish.</summary>
public sealed class CreditLedger(int units)
{
    private readonly long[] _balance = new long[units];
    private readonly ulong[] _pending = new ulong[units];

    /// <summary>A new unit starts with a full measure.</summary>
    public void Open(uint unit)
    {
        _balance[unit] = Credits.Full;
        _pending[unit] = 0;
    }

    /// <summary>It ran for so long, and only then saw the resets that came meanwhile.</summary>
    public void Ran(uint unit, ulong nanoseconds, ushort weight)
    {
        _balance[unit] -= (long)nanoseconds * 65_536 / weight;
        _balance[unit] = Filled(_balance[unit], _pending[unit]);
        _pending[unit] = 0;
    }

    /// <summary>A reset came; a running unit sees it when it has paid for its run.</summary>
    public void Reset(uint unit, ulong times, bool isRunning)
    {
        if (isRunning)
        {
            _pending[unit] += times;
        }
        else
        {
            _balance[unit] = Filled(_balance[unit], times);
        }
    }

    /// <summary>It slept for so long.</summary>
    public void Slept(uint unit, ulong nanoseconds) => _balance[unit] = Math.Min(Credits.Full, _balance[unit] + ((long)nanoseconds * 256));

    /// <summary>An exhausted unit without a rival is filled alone.</summary>
    public void RefillIfExhausted(uint unit)
    {
        while (_balance[unit] <= 0)
        {
            _balance[unit] += Credits.Full;
        }
    }

    /// <summary>The balance that the policy should show.</summary>
    public long this[uint unit] => Filled(_balance[unit], _pending[unit]);

    private static long Filled(long balance, ulong times)
    {
        for (ulong time = 0; time < times && balance < Credits.Full; time++)
        {
            balance = Math.Min(Credits.Full, balance + Credits.Full);
        }

        return balance;
    }
}
