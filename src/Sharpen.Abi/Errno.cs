namespace Sharpen.Abi;

/// <summary>Errors as guests see them, positive here and negated on the way out. Source: <c>xen/errno.h</c>.</summary>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary><c>XEN_EPERM</c></summary>
    Perm = 1,

    /// <summary><c>XEN_ENOENT</c></summary>
    NoEnt = 2,

    /// <summary><c>XEN_ESRCH</c></summary>
    Srch = 3,

    /// <summary><c>XEN_EINTR</c></summary>
    Intr = 4,

    /// <summary><c>XEN_EIO</c></summary>
    Io = 5,

    /// <summary><c>XEN_ENXIO</c></summary>
    NxIo = 6,

    /// <summary><c>XEN_E2BIG</c></summary>
    TooBig = 7,

    /// <summary><c>XEN_ENOEXEC</c></summary>
    NoExec = 8,

    /// <summary><c>XEN_EBADF</c></summary>
    BadF = 9,

    /// <summary><c>XEN_ECHILD</c></summary>
    Child = 10,

    /// <summary><c>XEN_EAGAIN</c></summary>
    Again = 11,

    /// <summary><c>XEN_ENOMEM</c></summary>
    NoMem = 12,

    /// <summary><c>XEN_EACCES</c></summary>
    Acces = 13,

    /// <summary><c>XEN_EFAULT</c></summary>
    Fault = 14,

    /// <summary><c>XEN_EBUSY</c></summary>
    Busy = 16,

    /// <summary><c>XEN_EEXIST</c></summary>
    Exist = 17,

    /// <summary><c>XEN_EXDEV</c></summary>
    XDev = 18,

    /// <summary><c>XEN_ENODEV</c></summary>
    NoDev = 19,

    /// <summary><c>XEN_ENOTDIR</c></summary>
    NotDir = 20,

    /// <summary><c>XEN_EISDIR</c></summary>
    IsDir = 21,

    /// <summary><c>XEN_EINVAL</c></summary>
    Inval = 22,

    /// <summary><c>XEN_ENFILE</c></summary>
    NFile = 23,

    /// <summary><c>XEN_EMFILE</c></summary>
    MFile = 24,

    /// <summary><c>XEN_ENOSPC</c></summary>
    NoSpc = 28,

    /// <summary><c>XEN_EROFS</c></summary>
    RoFs = 30,

    /// <summary><c>XEN_EMLINK</c></summary>
    MLink = 31,

    /// <summary><c>XEN_EDOM</c></summary>
    Dom = 33,

    /// <summary><c>XEN_ERANGE</c></summary>
    Range = 34,

    /// <summary><c>XEN_EDEADLK</c></summary>
    Deadlk = 35,

    /// <summary><c>XEN_ENAMETOOLONG</c></summary>
    NameTooLong = 36,

    /// <summary><c>XEN_ENOLCK</c></summary>
    NoLck = 37,

    /// <summary><c>XEN_ENOSYS</c></summary>
    NoSys = 38,

    /// <summary><c>XEN_ENOTEMPTY</c></summary>
    NotEmpty = 39,

    /// <summary><c>XEN_ENODATA</c></summary>
    NoData = 61,

    /// <summary><c>XEN_ETIME</c></summary>
    Time = 62,

    /// <summary><c>XEN_EBADMSG</c></summary>
    BadMsg = 74,

    /// <summary><c>XEN_EOVERFLOW</c></summary>
    Overflow = 75,

    /// <summary><c>XEN_EILSEQ</c></summary>
    IlSeq = 84,

    /// <summary><c>XEN_ERESTART</c></summary>
    Restart = 85,

    /// <summary><c>XEN_ENOTSOCK</c></summary>
    NotSock = 88,

    /// <summary><c>XEN_EMSGSIZE</c></summary>
    MsgSize = 90,

    /// <summary><c>XEN_EOPNOTSUPP</c></summary>
    OpNotSupp = 95,

    /// <summary><c>XEN_EADDRINUSE</c></summary>
    AddrInUse = 98,

    /// <summary><c>XEN_EADDRNOTAVAIL</c></summary>
    AddrNotAvail = 99,

    /// <summary><c>XEN_ENOBUFS</c></summary>
    NoBufs = 105,

    /// <summary><c>XEN_EISCONN</c></summary>
    IsConn = 106,

    /// <summary><c>XEN_ENOTCONN</c></summary>
    NotConn = 107,

    /// <summary><c>XEN_ETIMEDOUT</c></summary>
    TimedOut = 110,

    /// <summary><c>XEN_ECONNREFUSED</c></summary>
    ConnRefused = 111,
}
