using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace System;

/// <summary>A bounds-checked, read-only window on memory.</summary>
public readonly ref struct ReadOnlySpan<T>
{
    private readonly ref T _reference;
    private readonly int _length;

    public unsafe ReadOnlySpan(void* pointer, int length)
    {
        if (length < 0)
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }

        _reference = ref *(T*)pointer;
        _length = length;
    }

    /// <summary>For the compiler, which replaces it by data: there are no arrays here.</summary>
    public ReadOnlySpan(T[] array) => ThrowHelpers.ThrowIndexOutOfRangeException();

    public ReadOnlySpan(T[] array, int start, int length) => ThrowHelpers.ThrowIndexOutOfRangeException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan(ref readonly T reference)
    {
        _reference = ref Unsafe.AsRef(in reference);
        _length = 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan(ref T reference, int length)
    {
        _reference = ref reference;
        _length = length;
    }

    public int Length
    {
        [Intrinsic]
        get => _length;
    }

    public bool IsEmpty => _length == 0;

    public static ReadOnlySpan<T> Empty => default;

    public ref readonly T this[int index]
    {
        [Intrinsic]
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)_length)
            {
                ThrowHelpers.ThrowIndexOutOfRangeException();
            }

            return ref Unsafe.Add(ref _reference, (nint)(uint)index);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Slice(int start)
    {
        if ((uint)start > (uint)_length)
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }

        return new ReadOnlySpan<T>(ref Unsafe.Add(ref _reference, (nint)(uint)start), _length - start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start))
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }

        return new ReadOnlySpan<T>(ref Unsafe.Add(ref _reference, (nint)(uint)start), length);
    }

    public void CopyTo(Span<T> destination)
    {
        if ((uint)_length > (uint)destination.Length)
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }

        SpanHelpers.Copy(ref destination.Reference, ref _reference, _length);
    }

    internal ref T Reference => ref _reference;

    /// <summary>For <c>fixed</c>: the first element, or a null reference.</summary>
    public ref readonly T GetPinnableReference() => ref _reference;

    public Enumerator GetEnumerator() => new(this);

    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<T> _span;
        private int _index;

        internal Enumerator(ReadOnlySpan<T> span)
        {
            _span = span;
            _index = -1;
        }

        public bool MoveNext() => ++_index < _span.Length;
        public ref readonly T Current => ref _span[_index];
    }
}
