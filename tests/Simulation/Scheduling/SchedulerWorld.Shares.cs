using System;
using System.Linq;

namespace Sharpen.Simulation.Scheduling;

/// <summary>Shares over a long window in which every unit wants to run and may run anywhere.</summary>
public sealed partial class SchedulerWorld<TPolicy>
{
    private const ulong Window = 1_500_000_000;

    /// <summary>Of a CPU: three slices at the edges of the window. Ten thousand seeds stay below two thirds of it.</summary>
    private const double Tolerance = 3.0 * Slice / Window;

    private void MeasureShares()
    {
        foreach (uint unit in Enumerable.Range(1, _records.Length - 1).Select(number => (uint)number))
        {
            if (_records[unit].IsAlive)
            {
                Hypervisor.Scheduling.SchedulingUnit free = default;
                free.Prepare(1);
                SetAffinity(unit, in free.Affinity);
                Wake(unit);
            }
        }

        RunUntil(_now + (Window / 5));
        ulong[] before = Totals();
        ulong start = _now;
        RunUntil(_now + Window);
        ulong[] after = Totals();
        double[] fair = FairShares();
        for (int unit = 1; unit < _records.Length; unit++)
        {
            double got = (double)(after[unit] - before[unit]) / (_now - start);
            if (_records[unit].IsAlive && Math.Abs(got - fair[unit]) > Tolerance)
            {
                throw Broken($"unit {unit} of weight {_records[unit].Weight} got {got:0.000} of a CPU, its share is {fair[unit]:0.000}");
            }
        }
    }

    private void RunUntil(ulong end)
    {
        for (int due = NextDue(); _cpus[due].Due < end; due = NextDue())
        {
            Attend(due);
            CheckRules();
        }

        _now = end;
    }

    private ulong[] Totals() =>
        [.. _records.Select(record => record.Total + (record.Cpu >= 0 ? _now - record.CountedTo : 0))];

    /// <summary>By weight, nobody above one CPU; what the capped leave is shared by the rest.</summary>
    private double[] FairShares()
    {
        double[] share = new double[_records.Length];
        int[] open = [.. Enumerable.Range(1, _records.Length - 1).Where(unit => _records[unit].IsAlive)];
        double left = _cpus.Count(cpu => cpu.IsOnline);
        while (open.Length > 0)
        {
            double each = left / open.Sum(unit => (double)_records[unit].Weight);
            int[] capped = [.. open.Where(unit => _records[unit].Weight * each >= 1)];
            foreach (int unit in open)
            {
                share[unit] = Math.Min(1, _records[unit].Weight * each);
            }

            if (capped.Length == 0)
            {
                break;
            }

            left -= capped.Length;
            open = [.. open.Except(capped)];
        }

        return share;
    }
}
