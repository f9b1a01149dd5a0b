using System;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>What the hypervisor says of how it was made.</summary>
internal static class HostBuild
{
    /// <summary>Behind the version's number.</summary>
    internal static ReadOnlySpan<byte> Extra => ".0-sharpen"u8;

    /// <summary>The compiler.</summary>
    internal static ReadOnlySpan<byte> Compiler => "ILC, .NET 10, freestanding"u8;

    /// <summary>Who.</summary>
    internal static ReadOnlySpan<byte> By => "sharpen"u8;

    /// <summary>Where.</summary>
    internal static ReadOnlySpan<byte> Domain => "localdomain"u8;

    /// <summary>When: a build is the same whenever it is made.</summary>
    internal static ReadOnlySpan<byte> Date => "reproducible build"u8;
}
