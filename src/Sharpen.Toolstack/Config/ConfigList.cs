using System.Collections.Generic;

namespace Sharpen.Toolstack.Config;

/// <summary>Values between brackets; they may be lists themselves.</summary>
public sealed record ConfigList(IReadOnlyList<ConfigValue> Items, SourcePosition At) : ConfigValue(At);
