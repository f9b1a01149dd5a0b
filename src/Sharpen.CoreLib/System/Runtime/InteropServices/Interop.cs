namespace System.Runtime.InteropServices;

public enum LayoutKind { Sequential = 0, Explicit = 2, Auto = 3 }

public sealed class StructLayoutAttribute : Attribute
{
    public StructLayoutAttribute(LayoutKind kind) { }
    public int Pack;
    public int Size;
}

public sealed class FieldOffsetAttribute : Attribute
{
    public FieldOffsetAttribute(int offset) { }
}

public enum UnmanagedType { Bool = 2 }

public sealed class InAttribute : Attribute { }

public sealed class OutAttribute : Attribute { }

internal static class MemoryMarshal
{
    internal static ref T GetReference<T>(Span<T> span) => ref span.Reference;

    internal static ref T GetReference<T>(ReadOnlySpan<T> span) => ref span.Reference;

    internal static Span<T> CreateSpan<T>(scoped ref T reference, int length) =>
        new(ref Runtime.CompilerServices.Unsafe.AsRef(in reference), length);

    internal static ReadOnlySpan<T> CreateReadOnlySpan<T>(scoped ref readonly T reference, int length) =>
        new(ref Runtime.CompilerServices.Unsafe.AsRef(in reference), length);
}

internal static class IDynamicInterfaceCastable
{
    internal static nint GetDynamicInterfaceImplementation(object instance, nint type, ushort slot) => 0;
}
