using System.Globalization;

namespace Sharpen.Build.Structure;

/// <summary>Two digits are enough to read, and do not make every change a change of the drawing.</summary>
internal static class Rounded
{
    /// <summary>12345 becomes 12,000; below 100 the number itself.</summary>
    public static string Text(int value)
    {
        int scale = 1;
        while (value / scale >= 100)
        {
            scale *= 10;
        }

        return ((value + (scale / 2)) / scale * scale).ToString("N0", CultureInfo.InvariantCulture);
    }
}
