namespace Sharpen.Abi;

/// <summary><c>struct xenpf_settime32</c>: the time of day at a moment of system time. Source: <c>platform.h</c>.</summary>
public struct PlatformTime32 : IAbiData
{
    /// <summary><c>secs</c>: since 1970</summary>
    public uint Seconds;

    /// <summary><c>nsecs</c></summary>
    public uint Nanoseconds;

    /// <summary><c>system_time</c>: in nanoseconds</summary>
    public ulong SystemTime;
}
