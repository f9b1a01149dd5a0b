using System;

namespace Sharpen.Toolstack.Devices;

/// <summary>A device cannot be made, changed or taken away: which, why, and what to do next.</summary>
public sealed class DeviceException(string message, Exception? inner = null) : Exception(message, inner);
