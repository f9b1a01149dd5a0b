using System;
using System.Globalization;
using Sharpen.Abi;

namespace Sharpen.Xen;

/// <summary>Errors in words and by their C names.</summary>
public static class ErrnoText
{
    private const int Highest = (int)Errno.ConnRefused;

    /// <summary>What the error says, for people.</summary>
    public static string Describe(Errno error) => error switch
    {
        Errno.Perm => "not permitted",
        Errno.NoEnt => "no such file or node",
        Errno.Srch => "no such domain",
        Errno.Intr => "interrupted",
        Errno.Io => "input/output error",
        Errno.NxIo => "no such device or address",
        Errno.TooBig => "too long",
        Errno.NoExec => "not an executable format",
        Errno.BadF => "bad file descriptor",
        Errno.Again => "try again",
        Errno.NoMem => "out of memory",
        Errno.Acces => "permission denied",
        Errno.Fault => "bad address",
        Errno.Busy => "busy",
        Errno.Exist => "exists already",
        Errno.NoDev => "no such device",
        Errno.NotDir => "not a directory",
        Errno.IsDir => "is a directory",
        Errno.Inval => "invalid argument",
        Errno.NFile or Errno.MFile => "too many open files",
        Errno.NoSpc => "no space left, or a quota is used up",
        Errno.RoFs => "read only",
        Errno.Range => "out of range",
        Errno.NameTooLong => "name too long",
        Errno.NoSys => "not implemented by this hypervisor or kernel",
        Errno.NotEmpty => "not empty",
        Errno.NoData => "no data",
        Errno.Overflow => "value too large",
        Errno.OpNotSupp => "not supported here",
        Errno.AddrInUse => "address in use",
        Errno.NoBufs => "no room for the answer",
        Errno.IsConn => "connected already",
        Errno.NotConn => "not connected",
        Errno.TimedOut => "timed out",
        Errno.ConnRefused => "nobody listens",
        _ => $"error {(int)error}",
    };

    /// <summary>The error as C headers call it, for example <c>EINVAL</c>.</summary>
    /// <remarks>Written out: the runtime's own names of an enumeration cost a program that lives for milliseconds more than all else it does.</remarks>
    public static string Name(Errno error) => error switch
    {
        Errno.Perm => "EPERM",
        Errno.NoEnt => "ENOENT",
        Errno.Srch => "ESRCH",
        Errno.Intr => "EINTR",
        Errno.Io => "EIO",
        Errno.NxIo => "ENXIO",
        Errno.TooBig => "E2BIG",
        Errno.NoExec => "ENOEXEC",
        Errno.BadF => "EBADF",
        Errno.Child => "ECHILD",
        Errno.Again => "EAGAIN",
        Errno.NoMem => "ENOMEM",
        Errno.Acces => "EACCES",
        Errno.Fault => "EFAULT",
        Errno.Busy => "EBUSY",
        Errno.Exist => "EEXIST",
        Errno.XDev => "EXDEV",
        Errno.NoDev => "ENODEV",
        Errno.NotDir => "ENOTDIR",
        Errno.IsDir => "EISDIR",
        Errno.Inval => "EINVAL",
        Errno.NFile => "ENFILE",
        Errno.MFile => "EMFILE",
        Errno.NoSpc => "ENOSPC",
        Errno.RoFs => "EROFS",
        Errno.MLink => "EMLINK",
        Errno.Dom => "EDOM",
        Errno.Range => "ERANGE",
        Errno.Deadlk => "EDEADLK",
        Errno.NameTooLong => "ENAMETOOLONG",
        Errno.NoLck => "ENOLCK",
        Errno.NoSys => "ENOSYS",
        Errno.NotEmpty => "ENOTEMPTY",
        Errno.NoData => "ENODATA",
        Errno.Time => "ETIME",
        Errno.BadMsg => "EBADMSG",
        Errno.Overflow => "EOVERFLOW",
        Errno.IlSeq => "EILSEQ",
        Errno.Restart => "ERESTART",
        Errno.NotSock => "ENOTSOCK",
        Errno.MsgSize => "EMSGSIZE",
        Errno.OpNotSupp => "EOPNOTSUPP",
        Errno.AddrInUse => "EADDRINUSE",
        Errno.AddrNotAvail => "EADDRNOTAVAIL",
        Errno.NoBufs => "ENOBUFS",
        Errno.IsConn => "EISCONN",
        Errno.NotConn => "ENOTCONN",
        Errno.TimedOut => "ETIMEDOUT",
        Errno.ConnRefused => "ECONNREFUSED",
        _ => string.Create(CultureInfo.InvariantCulture, $"E{(int)error}"),
    };

    /// <summary>The error of a C name; <see cref="Errno.Io"/> for a name that is not known.</summary>
    /// <param name="name">For example <c>EINVAL</c>.</param>
    public static Errno Parse(ReadOnlySpan<char> name)
    {
        for (int number = 1; number <= Highest; number++)
        {
            if (name.SequenceEqual(Name((Errno)number)))
            {
                return (Errno)number;
            }
        }

        return Errno.Io;
    }
}
