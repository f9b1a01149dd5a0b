using System;

namespace Sharpen.Xl.Commands;

/// <summary>Ends a command with a status; what there is to say about it is the message, or was said already when that is empty.</summary>
public sealed class CommandException(int status, string message = "") : Exception(message)
{
    /// <summary>What the program's exit status is.</summary>
    public int Status { get; } = status;
}
