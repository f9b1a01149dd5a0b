using System;
using System.Collections.Generic;

namespace Sharpen.Toolstack.Config;

/// <summary>A configuration that cannot be used, with all its faults at once.</summary>
public sealed class ConfigException : Exception
{
    public ConfigException(IReadOnlyList<ConfigProblem> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>What is wrong, in the order of the text.</summary>
    public IReadOnlyList<ConfigProblem> Problems { get; }
}
