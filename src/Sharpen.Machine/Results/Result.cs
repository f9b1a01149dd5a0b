using Sharpen.Abi;

namespace Sharpen.Machine.Results;

/// <summary>Success, or the one errno the caller will be told.</summary>
public readonly struct Result
{
    private readonly Errno _error;

    private Result(Errno error) => _error = error;

    public static Result Success => default;

    /// <summary>The error, or <see cref="Errno.None"/>.</summary>
    public Errno Error => _error;

    public static implicit operator Result(Errno error) => new(error);

    /// <summary>True on success; otherwise the reason.</summary>
    public bool Try(out Errno error)
    {
        error = _error;
        return error == Errno.None;
    }
}
