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
}
