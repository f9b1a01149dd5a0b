namespace Sharpen.Toolstack.Config;

/// <summary>One fault of a configuration: where, what, and what to do about it.</summary>
/// <param name="At">Where.</param>
/// <param name="What">What is wrong, without a final stop.</param>
/// <param name="Fix">What to write instead; empty when <paramref name="What"/> says it.</param>
/// <param name="IsWarning">The configuration can be used nevertheless.</param>
public sealed record ConfigProblem(SourcePosition At, string What, string Fix = "", bool IsWarning = false)
{
    public override string ToString() => $"{At}: {(IsWarning ? "warning: " : "")}{What}{(Fix.Length == 0 ? "" : $": {Fix}")}";
}
