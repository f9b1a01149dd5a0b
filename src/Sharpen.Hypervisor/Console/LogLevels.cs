using System;

namespace Sharpen.Hypervisor.Console;

/// <summary>The thresholds of the log. All zero means the defaults: Info for the host, Warning for what guests cause.</summary>
public struct LogLevels
{
    private const byte HostDefault = (byte)LogLevel.Info;
    private const byte GuestDefault = (byte)LogLevel.Warning;

    private byte _host;
    private byte _guest;

    /// <summary>Threshold of the host's own lines (<c>loglvl=</c>).</summary>
    public LogLevel Host
    {
        readonly get => (LogLevel)(_host ^ HostDefault);
        set => _host = (byte)((byte)value ^ HostDefault);
    }

    /// <summary>Threshold of lines that guests cause (<c>guest_loglvl=</c>).</summary>
    public LogLevel Guest
    {
        readonly get => (LogLevel)(_guest ^ GuestDefault);
        set => _guest = (byte)((byte)value ^ GuestDefault);
    }

    /// <summary>What an operator calls a level.</summary>
    public static ReadOnlySpan<byte> NameOf(LogLevel level) => level switch
    {
        LogLevel.None => "none"u8,
        LogLevel.Error => "error"u8,
        LogLevel.Warning => "warning"u8,
        LogLevel.Info => "info"u8,
        _ => "debug"u8,
    };

    /// <summary>A level as an operator writes it; a second one, after a slash, must be one too and means nothing. False: it is not.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out LogLevel level)
    {
        int slash = text.IndexOf((byte)'/');
        return TryOne(slash < 0 ? text : text.Slice(0, slash), out level) && (slash < 0 || TryOne(text.Slice(slash + 1), out _));
    }

    private static bool TryOne(ReadOnlySpan<byte> name, out LogLevel level)
    {
        level = name.SequenceEqual("all"u8) ? LogLevel.Debug : LogLevel.None;
        for (LogLevel one = LogLevel.Debug; one > LogLevel.None && level == LogLevel.None; one--)
        {
            level = name.SequenceEqual(NameOf(one)) ? one : level;
        }

        return level != LogLevel.None || name.SequenceEqual("none"u8);
    }
}
