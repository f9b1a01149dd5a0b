using Sharpen.Abi;

namespace Sharpen.Xen;

/// <summary>Errors in words and by their C names.</summary>
public static class ErrnoText
{
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
    public static string Name(Errno error) => error switch
    {
        Errno.TooBig => "E2BIG",
        _ => $"E{error.ToString().ToUpperInvariant()}",
    };

    /// <summary>The error of a C name; <see cref="Errno.Io"/> for a name that is not known.</summary>
    /// <param name="name">For example <c>EINVAL</c>.</param>
    public static Errno Parse(string name)
    {
        foreach (Errno error in System.Enum.GetValues<Errno>())
        {
            if (Name(error) == name)
            {
                return error;
            }
        }

        return Errno.Io;
    }
}
