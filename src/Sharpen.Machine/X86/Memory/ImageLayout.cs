using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Memory;

/// <summary>Addresses that the linker gives: where the parts of the image begin and end.</summary>
/// <remarks>Safety: declared as methods only so that their address can be taken; nobody calls them.</remarks>
internal static unsafe class ImageLayout
{
    internal static HostLinear Start
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => new((ulong)(delegate*<void>)&StartSymbol);
    }

    internal static HostLinear TextEnd
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => new((ulong)(delegate*<void>)&TextEndSymbol);
    }

    internal static HostLinear ReadOnlyEnd
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => new((ulong)(delegate*<void>)&ReadOnlyEndSymbol);
    }

    internal static HostLinear End
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => new((ulong)(delegate*<void>)&EndSymbol);
    }

    [RuntimeImport("image_start_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void StartSymbol();

    [RuntimeImport("text_end")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void TextEndSymbol();

    [RuntimeImport("rodata_end")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ReadOnlyEndSymbol();

    [RuntimeImport("image_end_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void EndSymbol();
}
