using System;

namespace Sharpen.Toolstack.Building;

/// <summary>A kernel or ramdisk that cannot be used: what is wrong with the file.</summary>
public sealed class ImageException(string message, Exception? inner = null) : Exception(message, inner);
