using System;
using System.Collections.Generic;
using System.Linq;

namespace Sharpen.Build.Structure;

/// <summary>The rules between folders: which assembly may use which, and no circle between the folders of one.</summary>
internal static class Rules
{
    /// <summary>From the bottom to the top: an assembly may use those before it.</summary>
    public static readonly IReadOnlyList<string> Layers = ["Sharpen.CoreLib", "Sharpen.Abi", "Sharpen.Machine", "Sharpen.Hypervisor", "Sharpen.Image"];

    /// <summary>One line for each use that points up.</summary>
    public static IEnumerable<string> Upward(IEnumerable<Use> uses) =>
        from use in uses
        let layer = Layers.ToList().IndexOf(use.From.Assembly)
        let other = Layers.ToList().IndexOf(use.To.Assembly)
        where layer >= 0 && other > layer
        select $"{use.From} uses {use.To}, which lies above it ({use.Example})";

    /// <summary>One line for each set of folders of an assembly that use one another in a circle, with the arrows that close it.</summary>
    public static IEnumerable<string> Circles(IEnumerable<Use> uses)
    {
        List<Use> inside = [.. uses.Where(static use => use.From.Assembly == use.To.Assembly)];
        ILookup<Folder, Folder> next = inside.ToLookup(static use => use.From, static use => use.To);
        Dictionary<Folder, HashSet<Folder>> reach = inside.Select(static use => use.From).Distinct().ToDictionary(static folder => folder, folder => Reach(folder, next));
        HashSet<Folder> told = [];
        foreach (Folder folder in reach.Keys.Where(folder => reach[folder].Contains(folder)).OrderBy(static folder => folder.Namespace, StringComparer.Ordinal))
        {
            HashSet<Folder> circle = [.. reach[folder].Where(other => reach.TryGetValue(other, out HashSet<Folder>? back) && back.Contains(folder))];
            if (told.Add(folder))
            {
                told.UnionWith(circle);
                IEnumerable<string> arrows = inside.Where(use => circle.Contains(use.From) && circle.Contains(use.To)).OrderBy(static use => use.Count)
                    .Select(static use => $"{use.From.Short} -> {use.To.Short} ({use.Count}: {use.Example})");
                yield return $"{folder.Assembly}: circle between {string.Join(", ", circle.Select(static each => each.Short).Order(StringComparer.Ordinal))}: {string.Join("; ", arrows)}";
            }
        }
    }

    private static HashSet<Folder> Reach(Folder start, ILookup<Folder, Folder> next)
    {
        HashSet<Folder> seen = [];
        Stack<Folder> waiting = new(next[start]);
        while (waiting.TryPop(out Folder folder))
        {
            if (seen.Add(folder))
            {
                foreach (Folder other in next[folder])
                {
                    waiting.Push(other);
                }
            }
        }

        return seen;
    }
}
