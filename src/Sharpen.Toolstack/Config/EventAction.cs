namespace Sharpen.Toolstack.Config;

/// <summary>What becomes of a domain when it stops. Source: xl.cfg(5), the order of libxl's <c>libxl_action_on_shutdown</c> names.</summary>
public enum EventAction
{
    /// <summary><c>destroy</c></summary>
    Destroy,

    /// <summary><c>restart</c></summary>
    Restart,

    /// <summary><c>rename-restart</c></summary>
    RenameRestart,

    /// <summary><c>preserve</c></summary>
    Preserve,

    /// <summary><c>coredump-destroy</c></summary>
    CoredumpDestroy,

    /// <summary><c>coredump-restart</c></summary>
    CoredumpRestart,

    /// <summary><c>soft-reset</c></summary>
    SoftReset,
}
