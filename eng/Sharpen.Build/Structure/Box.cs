using System.Collections.Generic;

namespace Sharpen.Build.Structure;

/// <summary>A folder's place in the drawing.</summary>
/// <param name="Folder">Which.</param>
/// <param name="Lines">Lines of code.</param>
/// <param name="Row">0 is the top: a folder lies above all that it uses in its assembly.</param>
/// <param name="Notes">What it uses of other assemblies, most used first.</param>
internal sealed record Box(Folder Folder, int Lines, int Row, IReadOnlyList<string> Notes)
{
    /// <summary>Left edge.</summary>
    public int X { get; set; }

    /// <summary>Upper edge.</summary>
    public int Y { get; set; }
}
