namespace Sharpen.Hypervisor.Time;

/// <summary>Where a timer was put, for its owner to keep. Only a hint: the queue checks the timer's name whenever it is used.</summary>
public readonly struct TimerHandle
{
    private readonly uint _slotAndOne;

    internal TimerHandle(int slot) => _slotAndOne = (uint)slot + 1;

    /// <summary>A handle for a timer that was never armed.</summary>
    public static TimerHandle None => default;

    /// <summary>True for a timer that is not armed; false says nothing.</summary>
    public bool IsNone => _slotAndOne == 0;

    internal bool TrySlot(int capacity, out int slot)
    {
        slot = unchecked((int)(_slotAndOne - 1));
        return unchecked((uint)slot) < unchecked((uint)capacity);
    }
}
