using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;
using System.Text;

namespace Sharpen.Build.Structure;

/// <summary>Draws a layout. Whole numbers only: the same everywhere.</summary>
internal sealed class SvgWriter
{
    private const int Gutter = 400;
    private static readonly string[] s_colours = ["#fdebd0", "#d5e8d4", "#dae8fc", "#e1d5e7", "#f5f5f5"];
    private readonly StringBuilder _text = new();

    /// <summary>The drawing as text.</summary>
    public static string Draw(Layout layout, IReadOnlyList<Use> uses, IReadOnlyDictionary<string, bool> isUnsafe)
    {
        SvgWriter writer = new();
        writer.Header(layout);
        Dictionary<Folder, Box> boxes = layout.Boxes.ToDictionary(static box => box.Folder);
        for (int band = 0; band < layout.Bands.Count; band++)
        {
            (string assembly, int y, int height) = layout.Bands[band];
            int lines = layout.Boxes.Where(box => box.Folder.Assembly == assembly).Sum(static box => box.Lines);
            string kind = isUnsafe.GetValueOrDefault(assembly) ? "unsafe" : "safe";
            writer.Rectangle(Layout.Margin, y, layout.Width - Layout.Margin, height, s_colours[band % s_colours.Length], "none");
            writer.Line(Layout.Margin + 12, y + 22, "band", $"{assembly}: {Rounded.Text(lines)} lines, {kind}");
        }

        List<Use> inside = [.. uses.Where(use => use.From.Assembly == use.To.Assembly && boxes.ContainsKey(use.From) && boxes.ContainsKey(use.To))
            .OrderBy(static use => use.From.Namespace, StringComparer.Ordinal).ThenBy(static use => use.To.Namespace, StringComparer.Ordinal)];
        foreach (Use use in inside)
        {
            int start = Port(boxes[use.From], [.. inside.Where(other => other.From == use.From).OrderBy(other => boxes[other.To].X)], use);
            int end = Port(boxes[use.To], [.. inside.Where(other => other.To == use.To).OrderBy(other => boxes[other.From].X)], use);
            writer.Arrow(start, boxes[use.From].Y + Layout.BoxHeight, end, boxes[use.To].Y, use.Count);
        }

        foreach (Box box in layout.Boxes)
        {
            writer.Folder(box);
        }

        writer.Layers(layout, uses);
        return writer._text.Append("</svg>\n").ToString();
    }

    private void Header(Layout layout)
    {
        int height = layout.Height + 20;
        _text.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.Width + Gutter} {height}" font-family="sans-serif">
            <style>.band{"{font-size:16px;font-weight:bold}"} .name{"{font-size:14px;font-weight:bold}"} .small{"{font-size:10px;fill:#444}"} .count{"{font-size:10px;fill:#205080}"}</style>
            <defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#205080"/></marker></defs>
            <rect width="{layout.Width + Gutter}" height="{height}" fill="#ffffff"/>

            """);
        Line(Layout.Margin, layout.Height + 2, "small", "Boxes are namespaces with their lines of code; arrows and the lists in the boxes say who mentions whose types, and how often (two digits).");
    }

    private void Folder(Box box)
    {
        Rectangle(box.X, box.Y, Layout.BoxWidth, Layout.BoxHeight, "#ffffff", "#666666");
        Line(box.X + 8, box.Y + 18, "name", box.Folder.Short);
        Line(box.X + 8, box.Y + 31, "small", $"{Rounded.Text(box.Lines)} lines");
        for (int row = 0; row < 2; row++)
        {
            string notes = string.Join(", ", box.Notes.Skip(row * 2).Take(2));
            string more = row == 1 && box.Notes.Count > 4 ? $" +{box.Notes.Count - 4}" : "";
            Line(box.X + 8, box.Y + 45 + (row * 13), "small", notes.Length == 0 ? "" : $"{(row == 0 ? "uses " : "")}{notes}{more}");
        }
    }

    /// <summary>Arrows of one box leave and arrive side by side, in the order of their other ends.</summary>
    private static int Port(Box box, List<Use> arrows, Use arrow) => box.X + (Layout.BoxWidth * (arrows.IndexOf(arrow) + 1) / (arrows.Count + 1));

    /// <summary>From the lower edge of the user to the upper edge of the used; the number stands near the user.</summary>
    private void Arrow(int x1, int y1, int x2, int y2, int count)
    {
        int bend = Math.Min((y2 - y1) / 2, Layout.GapY);
        _text.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x1},{y1} C{x1},{y1 + bend} {x2},{y2 - bend} {x2},{y2}\" fill=\"none\" stroke=\"#205080\" stroke-opacity=\"0.5\" marker-end=\"url(#head)\"/>\n");
        Line(x1 + 2, y1 + 11, "count", Rounded.Text(count));
    }

    /// <summary>One arrow for each pair of assemblies, to the right of the bands.</summary>
    private void Layers(Layout layout, IReadOnlyList<Use> uses)
    {
        int lane = layout.Width + 18;
        foreach ((string upper, int upperY, int upperHeight) in layout.Bands)
        {
            foreach ((string lower, int lowerY, int lowerHeight) in layout.Bands.Where(band => band.Y > upperY))
            {
                int count = uses.Where(use => use.From.Assembly == upper && use.To.Assembly == lower).Sum(static use => use.Count);
                if (count > 0)
                {
                    int y1 = upperY + (upperHeight / 2);
                    int y2 = lowerY + (lowerHeight / 2);
                    _text.Append(CultureInfo.InvariantCulture, $"<path d=\"M{layout.Width},{y1} H{lane} V{y2} H{layout.Width + 2}\" fill=\"none\" stroke=\"#205080\" stroke-opacity=\"0.6\" marker-end=\"url(#head)\"/>\n");
                    Line(lane + 3, y1 + 14, "count", Rounded.Text(count));
                    lane += 38;
                }
            }
        }
    }

    private void Rectangle(int x, int y, int width, int height, string fill, string stroke) =>
        _text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"5\" fill=\"{fill}\" stroke=\"{stroke}\"/>\n");

    private void Line(int x, int y, string kind, string text)
    {
        if (text.Length > 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" class=\"{kind}\">{SecurityElement.Escape(text)}</text>\n");
        }
    }
}
