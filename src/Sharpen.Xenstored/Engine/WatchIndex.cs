using System;
using System.Collections.Generic;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <summary>All watches by where they are, so that a change finds them along its path.</summary>
public sealed class WatchIndex
{
    private readonly Place _root = new(null, "");
    private readonly Dictionary<string, List<Watch>> _special = new(StringComparer.Ordinal);

    /// <summary>Puts a watch in.</summary>
    public void Add(Watch watch)
    {
        if (StorePath.IsSpecial(watch.Path))
        {
            if (!_special.TryGetValue(watch.Path, out List<Watch>? watches))
            {
                _special.Add(watch.Path, watches = []);
            }

            watches.Add(watch);
            return;
        }

        Place place = _root;
        ReadOnlySpan<char> rest = watch.Path;
        while (StorePath.TryTakeName(ref rest, out ReadOnlySpan<char> name))
        {
            place = place.Below(name);
        }

        place.Watches.Add(watch);
    }

    /// <summary>Takes a watch out.</summary>
    public void Remove(Watch watch)
    {
        if (StorePath.IsSpecial(watch.Path))
        {
            if (_special.TryGetValue(watch.Path, out List<Watch>? watches) && watches.Remove(watch) && watches.Count == 0)
            {
                _ = _special.Remove(watch.Path);
            }

            return;
        }

        if (Find(watch.Path) is { } place && place.Watches.Remove(watch))
        {
            place.Prune();
        }
    }

    /// <summary>Collects the watches of a special name.</summary>
    public void CollectSpecial(string name, List<Watch> found)
    {
        if (_special.TryGetValue(name, out List<Watch>? watches))
        {
            found.AddRange(watches);
        }
    }

    /// <summary>Collects the watches at a node and above it.</summary>
    public void CollectAbove(string path, List<Watch> found)
    {
        Place? place = _root;
        found.AddRange(place.Watches);
        ReadOnlySpan<char> rest = path;
        while (StorePath.TryTakeName(ref rest, out ReadOnlySpan<char> name) && (place = place!.Find(name)) is not null)
        {
            found.AddRange(place.Watches);
        }
    }

    /// <summary>Collects the watches at nodes below one that was removed, the deepest first, as Debian's daemon tells them.</summary>
    public void CollectBelow(string path, Node removed, List<(Watch Watch, Node Node)> found)
    {
        if (Find(path) is { } place)
        {
            place.CollectBelow(removed, found);
        }
    }

    private Place? Find(string path)
    {
        Place? place = _root;
        ReadOnlySpan<char> rest = path;
        while (place is not null && StorePath.TryTakeName(ref rest, out ReadOnlySpan<char> name))
        {
            place = place.Find(name);
        }

        return place;
    }

    private sealed class Place(Place? above, string name)
    {
        private Dictionary<string, Place>? _below;

        internal List<Watch> Watches { get; } = [];

        internal Place? Find(ReadOnlySpan<char> name) =>
            _below is not null && _below.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out Place? place) ? place : null;

        internal Place Below(ReadOnlySpan<char> name)
        {
            if (Find(name) is { } found)
            {
                return found;
            }

            string text = name.ToString();
            Place place = new(this, text);
            (_below ??= new Dictionary<string, Place>(StringComparer.Ordinal)).Add(text, place);
            return place;
        }

        internal void Prune()
        {
            Place place = this;
            while (place.Watches.Count == 0 && place._below is not { Count: > 0 } && place.Above is not null)
            {
                _ = place.Above._below!.Remove(place.Name);
                place = place.Above;
            }
        }

        internal void CollectBelow(Node removed, List<(Watch Watch, Node Node)> found)
        {
            if (_below is null)
            {
                return;
            }

            foreach ((string child, Place place) in _below)
            {
                if (removed.Child(child) is { } node)
                {
                    place.CollectBelow(node, found);
                    foreach (Watch watch in place.Watches)
                    {
                        found.Add((watch, node));
                    }
                }
            }
        }

        private Place? Above => above;

        private string Name => name;
    }
}
