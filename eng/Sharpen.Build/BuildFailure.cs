using System;

namespace Sharpen.Build;

/// <summary>The tool cannot do its work: a file is missing or malformed, or a program that it runs failed.</summary>
internal sealed class BuildFailure(string message) : Exception(message);
