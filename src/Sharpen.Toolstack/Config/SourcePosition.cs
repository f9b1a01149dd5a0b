namespace Sharpen.Toolstack.Config;

/// <summary>A place in a configuration text: lines and columns count from 1. Prints as compilers do: <c>guest.cfg:7:1</c>.</summary>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
