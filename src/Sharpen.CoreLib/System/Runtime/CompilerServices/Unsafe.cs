namespace System.Runtime.CompilerServices;

/// <summary>Internal on purpose: only Sharpen.Machine sees it (friend assembly), so policy has no back door.</summary>
internal static unsafe class Unsafe
{
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref T Add<T>(ref T source, nint elements) => ref *(T*)((byte*)AsPointer(ref source) + (elements * sizeof(T)));

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref T Add<T>(ref T source, int elements) => ref Add(ref source, (nint)elements);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void* AsPointer<T>(ref readonly T value) => AsPointer(in value);

    [Intrinsic]
    internal static ref T AsRef<T>(void* source) => ref *(T*)source;

    [Intrinsic]
    internal static ref T AsRef<T>(scoped ref readonly T source) => throw null;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref TTo As<TFrom, TTo>(ref TFrom source) => ref *(TTo*)AsPointer(ref source);

    [Intrinsic]
    internal static bool AreSame<T>(ref readonly T left, ref readonly T right) => AsPointer(in left) == AsPointer(in right);

    [Intrinsic]
    internal static void SkipInit<T>(out T value) => throw null;

    [Intrinsic]
    internal static int SizeOf<T>() => sizeof(T);

    [Intrinsic]
    internal static bool IsNullRef<T>(ref readonly T source) => AsPointer(in source) == null;

    [Intrinsic]
    internal static ref T NullRef<T>() => ref *(T*)null;
}
