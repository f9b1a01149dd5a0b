namespace Sharpen.Machine.Guest;

/// <summary>What a CPU does when an upcall into policy returns.</summary>
public enum NextStep
{
    /// <summary>Continue the guest that is loaded on this CPU.</summary>
    ResumeGuest,

    /// <summary>Nothing is loaded: wait for an interrupt.</summary>
    Idle,
}
