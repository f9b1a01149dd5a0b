using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Pv;

/// <summary>Where a bounce goes.</summary>
internal readonly struct BounceTarget
{
    internal readonly GuestLinear Handler;
    internal readonly bool MasksUpcalls;
    internal readonly bool HasErrorCode;
    internal readonly uint ErrorCode;
    internal readonly bool HasSelectors;

    internal BounceTarget(GuestLinear handler, bool masksUpcalls)
    {
        Handler = handler;
        MasksUpcalls = masksUpcalls;
        HasErrorCode = false;
        ErrorCode = 0;
        HasSelectors = false;
    }

    private BounceTarget(GuestLinear handler, bool masksUpcalls, bool hasSelectors)
        : this(handler, masksUpcalls) => HasSelectors = hasSelectors;

    internal BounceTarget(GuestLinear handler, bool masksUpcalls, uint errorCode)
        : this(handler, masksUpcalls)
    {
        HasErrorCode = true;
        ErrorCode = errorCode;
    }

    /// <summary>The failsafe callback.</summary>
    internal static BounceTarget Failsafe(in Domains.GuestEntries entries) =>
        new(entries.Failsafe, entries.FailsafeMasksEvents, hasSelectors: true);
}
