using System;
using System.Collections.Generic;
using System.Linq;

namespace Sharpen.Build.Budget;

/// <summary>Median, 95th percentile and the largest of named sizes.</summary>
internal sealed class Spread
{
    private readonly List<(string Name, int Lines)> _sorted;

    /// <summary>Sorts by size.</summary>
    public Spread(IEnumerable<(string Name, int Lines)> sizes) => _sorted = [.. sizes.OrderBy(static each => each.Lines).ThenBy(static each => each.Name, StringComparer.Ordinal)];

    /// <summary>Number of values.</summary>
    public int Count => _sorted.Count;

    /// <summary>Half of all are at most this.</summary>
    public int Median => At(50);

    /// <summary>95 of 100 are at most this.</summary>
    public int Most => At(95);

    /// <summary>The largest.</summary>
    public (string Name, int Lines) Worst => _sorted.Count == 0 ? ("none", 0) : _sorted[^1];

    private int At(int percent) => _sorted.Count == 0 ? 0 : _sorted[(_sorted.Count - 1) * percent / 100].Lines;
}
