using System.Collections.Generic;

namespace Sharpen.Toolstack.Config;

/// <summary>Values between brackets; they may be lists themselves.</summary>
public sealed record ConfigList : ConfigValue
{
    private readonly List<ConfigValue> _items;

    /// <param name="items">The values.</param>
    /// <param name="at">Where the list begins.</param>
    public ConfigList(IEnumerable<ConfigValue> items, SourcePosition at)
        : base(at) => _items = [.. items];

    /// <summary>The values.</summary>
    public IReadOnlyList<ConfigValue> Items => _items;

    /// <summary>Adds what <c>+=</c> does.</summary>
    internal void Add(IReadOnlyList<ConfigValue> items) => _items.AddRange(items);
}
