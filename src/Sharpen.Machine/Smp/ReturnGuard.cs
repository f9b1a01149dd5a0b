namespace Sharpen.Machine.Smp;

/// <summary>Whether what guests leave for a CPU to predict returns by is overwritten on the way in.</summary>
public enum ReturnGuard
{
    /// <summary>Where a CPU might follow it to code of the guest's: one that cannot be kept from executing that (SMEP).</summary>
    WhereNeeded,

    /// <summary>Always.</summary>
    On,

    /// <summary>Never.</summary>
    Off,
}
