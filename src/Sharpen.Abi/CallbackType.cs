namespace Sharpen.Abi;

/// <summary>Which entry point of a guest kernel. Source: <c>callback.h</c>.</summary>
public enum CallbackType : ushort
{
    /// <summary><c>CALLBACKTYPE_event</c></summary>
    Event = 0,

    /// <summary><c>CALLBACKTYPE_failsafe</c></summary>
    Failsafe = 1,

    /// <summary><c>CALLBACKTYPE_syscall</c></summary>
    Syscall = 2,

    /// <summary><c>CALLBACKTYPE_sysenter_deprecated</c></summary>
    SysenterDeprecated = 3,

    /// <summary><c>CALLBACKTYPE_nmi</c></summary>
    Nmi = 4,

    /// <summary><c>CALLBACKTYPE_sysenter</c></summary>
    Sysenter = 5,

    /// <summary><c>CALLBACKTYPE_syscall32</c></summary>
    Syscall32 = 7,
}
