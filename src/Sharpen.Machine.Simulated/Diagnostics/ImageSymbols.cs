using System;

namespace Sharpen.Machine.Diagnostics;

/// <summary>The symbol table inside the image: a test process has none.</summary>
public static class ImageSymbols
{
    /// <summary>Empty.</summary>
    public static ReadOnlySpan<byte> Bytes => default;

    /// <summary>Zero.</summary>
    public static ulong Start => 0;
}
