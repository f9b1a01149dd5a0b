using System;

namespace Sharpen.Machine.Simulation;

/// <summary>A simulated CPU has stopped for ever.</summary>
public sealed class CpuStopped : Exception;
