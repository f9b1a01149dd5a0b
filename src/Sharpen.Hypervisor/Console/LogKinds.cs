namespace Sharpen.Hypervisor.Console;

/// <summary>The kind of a log line as a type, so that a line knows before it is formatted whether anybody wants it.</summary>
public interface ILogKind
{
    /// <summary>Whether a line of this kind passes the thresholds now. Takes one of a rate limit's tokens where there is one.</summary>
    /// <param name="level">The level that the caller gave; kinds with a level of their own ignore it.</param>
    static abstract bool Admits(LogLevel level);
}

/// <summary>Lines at <see cref="LogLevel.Error"/>.</summary>
public struct ErrorKind : ILogKind
{
    /// <inheritdoc/>
    public static bool Admits(LogLevel level) => Log.Admits(LogLevel.Error);
}

/// <summary>Lines at <see cref="LogLevel.Warning"/>.</summary>
public struct WarningKind : ILogKind
{
    /// <inheritdoc/>
    public static bool Admits(LogLevel level) => Log.Admits(LogLevel.Warning);
}

/// <summary>Lines at <see cref="LogLevel.Info"/>.</summary>
public struct InfoKind : ILogKind
{
    /// <inheritdoc/>
    public static bool Admits(LogLevel level) => Log.Admits(LogLevel.Info);
}

/// <summary>Lines at <see cref="LogLevel.Debug"/>.</summary>
public struct DebugKind : ILogKind
{
    /// <inheritdoc/>
    public static bool Admits(LogLevel level) => Log.Admits(LogLevel.Debug);
}

/// <summary>Lines that somebody asked for (debug keys, panic): always printed.</summary>
public struct ReportKind : ILogKind
{
    /// <inheritdoc/>
    public static bool Admits(LogLevel level) => true;
}

/// <summary>Lines that a guest can cause as often as it likes: own threshold, limited rate.</summary>
public struct GuestKind : ILogKind
{
    /// <inheritdoc/>
    public static bool Admits(LogLevel level) => Log.AdmitsGuest(level);
}
