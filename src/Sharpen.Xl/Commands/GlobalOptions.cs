namespace Sharpen.Xl.Commands;

/// <summary>Options before the command's name. Source: xl(1).</summary>
public sealed record GlobalOptions
{
    /// <summary><c>-v</c>, how often.</summary>
    public int Verbosity { get; init; }

    /// <summary><c>-N</c>: do nothing, only say what would be done.</summary>
    public bool IsDry { get; init; }

    /// <summary><c>-f</c>: accepted; there is no other toolstack that could be in the way.</summary>
    public bool IsForced { get; init; }

    /// <summary><c>-T</c>: messages with time and process.</summary>
    public bool HasTimestamps { get; init; }
}
