using System;

namespace Sharpen.Machine.Diagnostics;

/// <summary>The simulated machine's stacks are .NET's own.</summary>
public static class HostStack
{
    /// <summary>Nothing.</summary>
    public static ReadOnlySpan<byte> From(ulong stackPointer)
    {
        _ = stackPointer;
        return default;
    }

    /// <summary>Nothing.</summary>
    public static ReadOnlySpan<byte> Code(ulong address, int bytes)
    {
        _ = (address, bytes);
        return default;
    }
}
