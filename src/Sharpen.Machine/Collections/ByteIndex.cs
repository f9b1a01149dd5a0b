using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Collections;

/// <summary>An index below 256, made once and used several times without a comparison or a mask.</summary>
public readonly struct ByteIndex
{
    internal readonly nint Value;

    /// <summary>The lowest eight bits of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ByteIndex(uint value) => Value = (nint)(value & 0xff);
}
