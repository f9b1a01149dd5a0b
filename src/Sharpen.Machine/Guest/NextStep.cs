namespace Sharpen.Machine.Guest;

/// <summary>What a CPU does when an upcall into policy returns.</summary>
public enum NextStep
{
    /// <summary>Continue the guest that is loaded on this CPU.</summary>
    ResumeGuest,

    /// <summary>Nothing is loaded: wait for an interrupt.</summary>
    Idle,

    /// <summary>
    /// As <see cref="ResumeGuest"/>, and the registers that calls preserve (rbx, rbp, r12 to r15) are still the guest's, as they were when it
    /// came in: nobody has changed them in its frame, nor the guest.
    /// </summary>
    ResumeAsCame,
}
