using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Pv;

/// <summary>Where a bounce goes.</summary>
internal readonly struct BounceTarget
{
    internal readonly GuestLinear Handler;
    internal readonly bool MasksUpcalls;
    internal readonly bool HasErrorCode;
    internal readonly uint ErrorCode;

    internal BounceTarget(GuestLinear handler, bool masksUpcalls)
    {
        Handler = handler;
        MasksUpcalls = masksUpcalls;
        HasErrorCode = false;
        ErrorCode = 0;
    }

    internal BounceTarget(GuestLinear handler, bool masksUpcalls, uint errorCode)
        : this(handler, masksUpcalls)
    {
        HasErrorCode = true;
        ErrorCode = errorCode;
    }
}
