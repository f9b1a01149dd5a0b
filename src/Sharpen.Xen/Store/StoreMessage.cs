namespace Sharpen.Xen.Store;

/// <summary>What a message to or from the store is. Source: <c>enum xsd_sockmsg_type</c>, <c>io/xs_wire.h</c>.</summary>
public enum StoreMessage : uint
{
    /// <summary><c>XS_CONTROL</c></summary>
    Control = 0,

    /// <summary><c>XS_DIRECTORY</c></summary>
    Directory = 1,

    /// <summary><c>XS_READ</c></summary>
    Read = 2,

    /// <summary><c>XS_GET_PERMS</c></summary>
    GetPermissions = 3,

    /// <summary><c>XS_WATCH</c></summary>
    Watch = 4,

    /// <summary><c>XS_UNWATCH</c></summary>
    Unwatch = 5,

    /// <summary><c>XS_TRANSACTION_START</c></summary>
    TransactionStart = 6,

    /// <summary><c>XS_TRANSACTION_END</c></summary>
    TransactionEnd = 7,

    /// <summary><c>XS_INTRODUCE</c></summary>
    Introduce = 8,

    /// <summary><c>XS_RELEASE</c></summary>
    Release = 9,

    /// <summary><c>XS_GET_DOMAIN_PATH</c></summary>
    GetDomainPath = 10,

    /// <summary><c>XS_WRITE</c></summary>
    Write = 11,

    /// <summary><c>XS_MKDIR</c></summary>
    MakeDirectory = 12,

    /// <summary><c>XS_RM</c></summary>
    Remove = 13,

    /// <summary><c>XS_SET_PERMS</c></summary>
    SetPermissions = 14,

    /// <summary><c>XS_WATCH_EVENT</c></summary>
    WatchEvent = 15,

    /// <summary><c>XS_ERROR</c></summary>
    Error = 16,

    /// <summary><c>XS_IS_DOMAIN_INTRODUCED</c></summary>
    IsDomainIntroduced = 17,

    /// <summary><c>XS_RESUME</c></summary>
    Resume = 18,

    /// <summary><c>XS_SET_TARGET</c></summary>
    SetTarget = 19,

    /// <summary><c>XS_RESET_WATCHES</c></summary>
    ResetWatches = 21,

    /// <summary><c>XS_DIRECTORY_PART</c></summary>
    DirectoryPart = 22,

    /// <summary><c>XS_INVALID</c>: never valid</summary>
    Invalid = 0xffff,
}
