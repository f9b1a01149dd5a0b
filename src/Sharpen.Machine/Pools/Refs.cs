using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Pools;

/// <summary>References that may be missing: what a lookup that may miss returns.</summary>
public static class Refs
{
    /// <summary>The reference to nothing. Reading through it is a bug that faults.</summary>
    /// <typeparam name="T">What was looked for.</typeparam>
    public static ref T Null<T>()
        where T : unmanaged => ref Unsafe.NullRef<T>();

    /// <summary>True when a lookup missed.</summary>
    /// <typeparam name="T">What was looked for.</typeparam>
    public static bool IsNull<T>(ref readonly T reference)
        where T : unmanaged => Unsafe.IsNullRef(in reference);

    /// <summary>True when both name the same object.</summary>
    /// <typeparam name="T">The object.</typeparam>
    public static bool AreSame<T>(ref readonly T left, ref readonly T right)
        where T : unmanaged => Unsafe.AreSame(in left, in right);
}
