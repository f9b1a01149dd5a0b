using System;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Something cannot be done: what, why, and what to do next, for people.</summary>
public sealed class ToolException(string message, Exception? inner = null) : Exception(message, inner);
