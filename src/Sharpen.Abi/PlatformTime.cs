namespace Sharpen.Abi;

/// <summary><c>struct xenpf_settime64</c>: the time of day at a moment of system time. Source: <c>platform.h</c>.</summary>
public struct PlatformTime : IAbiData
{
    /// <summary><c>secs</c>: since 1970</summary>
    public ulong Seconds;

    /// <summary><c>nsecs</c></summary>
    public uint Nanoseconds;

    /// <summary><c>mbz</c>: zero</summary>
    public uint Zero;

    /// <summary><c>system_time</c>: in nanoseconds</summary>
    public ulong SystemTime;
}
