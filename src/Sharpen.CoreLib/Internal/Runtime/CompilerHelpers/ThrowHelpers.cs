using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>Where checks that the compiler inserted end: every one of them is a bug of ours, reported by <c>corelib_fault</c>.</summary>
internal static class ThrowHelpers
{
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowFeatureBodyRemoved() => Fault(0);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowIndexOutOfRangeException() => Fault(1);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowDivideByZeroException() => Fault(2);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowOverflowException() => Fault(3);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowNullReferenceException() => Fault(4);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ThrowArrayTypeMismatchException() => Fault(5);

    private static void Fault(int kind)
    {
        Raise(kind);
        throw null;
    }

    /// <summary>Provided by the image in assembly; never returns.</summary>
    [RuntimeImport("corelib_fault")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Raise(int kind);
}
