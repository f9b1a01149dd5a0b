namespace Sharpen.Hypervisor.Scheduling;

/// <summary>The doubly linked line of a run queue: links are ids, the ends are in the queue. Order is the policy's business.</summary>
/// <typeparam name="TUnits">Where the units are.</typeparam>
internal static class WaitingLine<TUnits>
    where TUnits : struct, IUnitTable, allows ref struct
{
    /// <summary>Links a unit in front of another, or at the end when that one is none.</summary>
    internal static void InsertBefore(ref RunQueue queue, scoped TUnits units, UnitId id, UnitId before)
    {
        ref SchedulingUnit unit = ref units.At(id);
        UnitId previous = before.IsNone ? queue.Last : units.At(before).Previous;
        unit.Next = before;
        unit.Previous = previous;
        unit.IsLinked = true;
        SetNext(ref queue, units, previous, id);
        SetPrevious(ref queue, units, before, id);
    }

    /// <summary>Takes a unit out of the line.</summary>
    internal static void Remove(ref RunQueue queue, scoped TUnits units, UnitId id)
    {
        ref SchedulingUnit unit = ref units.At(id);
        SetNext(ref queue, units, unit.Previous, unit.Next);
        SetPrevious(ref queue, units, unit.Next, unit.Previous);
        unit.Next = UnitId.None;
        unit.Previous = UnitId.None;
        unit.IsLinked = false;
    }

    private static void SetNext(ref RunQueue queue, scoped TUnits units, UnitId of, UnitId next)
    {
        if (of.IsNone)
        {
            queue.First = next;
        }
        else
        {
            units.At(of).Next = next;
        }
    }

    private static void SetPrevious(ref RunQueue queue, scoped TUnits units, UnitId of, UnitId previous)
    {
        if (of.IsNone)
        {
            queue.Last = previous;
        }
        else
        {
            units.At(of).Previous = previous;
        }
    }
}
