using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Diagnostics;

/// <summary>The symbol table that the build links into the image.</summary>
public static unsafe class ImageSymbols
{
    /// <summary>The table; Sharpen.Hypervisor.Diagnostics.SymbolTable describes its form. Empty in an image that was linked without one.</summary>
    /// <remarks>Safety: the linker script defines both symbols around read-only bytes of the image, which is never unmapped.</remarks>
    public static ReadOnlySpan<byte> Bytes
    {
        get
        {
            byte* start = FirstByte;
            return new ReadOnlySpan<byte>(start, (int)(EndByte - start));
        }
    }

    /// <summary>The link address that the table's offsets count from.</summary>
    public static ulong Start => (ulong)(delegate*<void>)&ImageStart;

    // Never inlined: see Cpu.Symbols.
    private static byte* FirstByte
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (byte*)(delegate*<void>)&SymbolsStart;
    }

    private static byte* EndByte
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => (byte*)(delegate*<void>)&SymbolsEnd;
    }

    [RuntimeImport("symbols_start")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void SymbolsStart();

    [RuntimeImport("symbols_end")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void SymbolsEnd();

    [RuntimeImport("image_start_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ImageStart();
}
