namespace Sharpen.Hypervisor.Time;

/// <summary>What a queue of timers remembers besides its storage; all zero is an empty queue.</summary>
public struct TimerQueueState
{
    internal int Count;
    internal int Used;
    internal int FreeAndOne;
    internal ulong Armed;
}
