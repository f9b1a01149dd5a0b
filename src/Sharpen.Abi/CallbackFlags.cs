using System;

namespace Sharpen.Abi;

/// <summary>How a callback is entered. Source: <c>callback.h</c>.</summary>
[Flags]
public enum CallbackFlags : ushort
{
    /// <summary><c>CALLBACKF_mask_events</c>: upcalls are masked on entry</summary>
    MaskEvents = 1,
}
