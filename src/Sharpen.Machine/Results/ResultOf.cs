using System.Runtime.CompilerServices;
using Sharpen.Abi;

namespace Sharpen.Machine.Results;

/// <summary>A value, or the one errno the caller will be told. Never both, never neither.</summary>
/// <typeparam name="T">The value on success.</typeparam>
public readonly struct Result<T>
    where T : unmanaged
{
    private readonly T _value;
    private readonly Errno _error;

    private Result(T value, Errno error)
    {
        _value = value;
        _error = error;
    }

    /// <summary>The error, or <see cref="Errno.None"/>.</summary>
    public Errno Error => _error;

    public static implicit operator Result<T>(T value) => new(value, Errno.None);

    public static implicit operator Result<T>(Errno error) => new(default, error);

    /// <summary>True with the value, or false with the reason.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Try(out T value, out Errno error)
    {
        value = _value;
        error = _error;
        return error == Errno.None;
    }
}
