namespace Sharpen.Hypervisor.Console;

/// <summary>How urgent a line is; a threshold admits its own level and all before it.</summary>
public enum LogLevel : byte
{
    /// <summary>As a threshold: no line at all.</summary>
    None,

    /// <summary>Our own fault.</summary>
    Error,

    /// <summary>A guest's or the hardware's fault.</summary>
    Warning,

    /// <summary>Once per lifetime of something.</summary>
    Info,

    /// <summary>For developers.</summary>
    Debug,
}
