using System;
using System.Collections.Generic;
using System.Linq;

namespace Sharpen.Build.Structure;

/// <summary>
/// Places the folders: one band for each assembly, the highest layer on top; in a band, rows such that arrows point down; in a row, boxes
/// near the middle of those that use them. Nothing depends on anything but the numbers, so the same code gives the same drawing.
/// </summary>
internal sealed class Layout
{
    /// <summary>Size of a box and of the space around it.</summary>
    public const int BoxWidth = 168, BoxHeight = 66, GapX = 26, GapY = 44, BandTitle = 34, Margin = 24;

    private readonly List<Use> _uses;

    /// <summary>Lays out the folders that have lines.</summary>
    public Layout(IReadOnlyDictionary<Folder, int> lines, IEnumerable<Use> uses)
    {
        _uses = [.. uses];
        int y = Margin;
        foreach (string assembly in Rules.Layers.Reverse())
        {
            List<Folder> folders = [.. lines.Keys.Where(folder => folder.Assembly == assembly).OrderBy(static folder => folder.Namespace, StringComparer.Ordinal)];
            Dictionary<Folder, int> rows = Rows(folders);
            List<Box> boxes = [.. folders.Select(folder => new Box(folder, lines[folder], rows[folder], Notes(folder)))];
            int rowCount = boxes.Count == 0 ? 0 : boxes.Max(static box => box.Row) + 1;
            int height = BandTitle + (rowCount * (BoxHeight + GapY)) - (GapY / 2);
            Bands.Add((assembly, y, height));
            Place(boxes, y + BandTitle);
            Boxes.AddRange(boxes);
            y += height + GapY;
        }

        Height = y;
        Centre();
        Width = Boxes.Count == 0 ? 0 : Boxes.Max(static box => box.X) + BoxWidth + Margin;
    }

    /// <summary>All boxes.</summary>
    public List<Box> Boxes { get; } = [];

    /// <summary>Assembly, upper edge, height.</summary>
    public List<(string Assembly, int Y, int Height)> Bands { get; } = [];

    /// <summary>Of the bands.</summary>
    public int Width { get; }

    /// <summary>Of the whole drawing.</summary>
    public int Height { get; }

    /// <summary>Longest path from a folder that nobody in the assembly uses; at most as many steps as folders, so a circle ends too.</summary>
    private Dictionary<Folder, int> Rows(List<Folder> folders)
    {
        Dictionary<Folder, int> rows = folders.ToDictionary(static folder => folder, static _ => 0);
        for (int round = 0; round < folders.Count; round++)
        {
            foreach (Use use in _uses.Where(use => rows.ContainsKey(use.From) && rows.ContainsKey(use.To)))
            {
                rows[use.To] = Math.Max(rows[use.To], Math.Min(rows[use.From] + 1, folders.Count - 1));
            }
        }

        return rows;
    }

    private void Place(List<Box> boxes, int top)
    {
        Dictionary<Folder, Box> placed = [];
        foreach (IGrouping<int, Box> row in boxes.GroupBy(static box => box.Row).OrderBy(static group => group.Key))
        {
            int x = Margin + 12;
            foreach (Box box in row.OrderBy(box => Middle(box, placed)).ThenBy(static box => box.Folder.Namespace, StringComparer.Ordinal))
            {
                box.X = x;
                box.Y = top + (box.Row * (BoxHeight + GapY));
                x += BoxWidth + GapX;
                placed[box.Folder] = box;
            }
        }
    }

    /// <summary>Rows of odd and even number are shifted against one another, so that arrows past a row find gaps.</summary>
    private void Centre()
    {
        int widest = Boxes.Count == 0 ? 0 : Boxes.Max(static box => box.X);
        foreach (IGrouping<(string, int), Box> row in Boxes.GroupBy(static box => (box.Folder.Assembly, box.Row)))
        {
            int shift = ((widest - row.Max(static box => box.X)) / 2) + (row.Key.Item2 % 2 * (BoxWidth + GapX) / 4);
            foreach (Box box in row)
            {
                box.X += shift;
            }
        }
    }

    /// <summary>Mean place of the users that lie in rows above.</summary>
    private long Middle(Box box, Dictionary<Folder, Box> placed)
    {
        List<Use> users = [.. _uses.Where(use => use.To == box.Folder && placed.ContainsKey(use.From))];
        return users.Count == 0 ? 0 : users.Sum(use => placed[use.From].X) / users.Count;
    }

    private List<string> Notes(Folder folder) =>
        [.. _uses.Where(use => use.From == folder && use.To.Assembly != folder.Assembly && use.To.Assembly != "Sharpen.CoreLib" && Rules.Layers.Contains(use.To.Assembly))
            .OrderByDescending(static use => use.Count).ThenBy(static use => use.To.Namespace, StringComparer.Ordinal)
            .Select(static use => $"{use.To.Short} {Rounded.Text(use.Count)}")];
}
