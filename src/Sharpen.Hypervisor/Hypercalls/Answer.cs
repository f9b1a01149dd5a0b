using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>What becomes of the caller's registers when an operation is through.</summary>
public readonly struct Answer
{
    private readonly AnswerKind _kind;
    private readonly long _value;
    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Answer(AnswerKind kind, long value, ulong first = 0, ulong second = 0, ulong third = 0)
    {
        _third = third;
        _kind = kind;
        _value = value;
        _first = first;
        _second = second;
    }

    /// <summary>The call is made again when the vCPU next runs: its state so far is kept in the vCPU.</summary>
    public static Answer Again => new(AnswerKind.Again, 0);

    /// <summary>The call is made again with this first argument: how far it has come, as the ABI lets a call say it.</summary>
    public static Answer Continue(ulong first) => new(AnswerKind.Continue, unchecked((long)first));

    /// <summary>The operation has set the registers itself.</summary>
    public static Answer RegistersSet => new(AnswerKind.RegistersSet, 0);

    /// <summary>Which of them.</summary>
    public AnswerKind Kind => _kind;

    /// <summary>For <see cref="AnswerKind.AgainWith"/> and <see cref="AnswerKind.AgainWithThree"/>: the first argument of what is left.</summary>
    public ulong First => _first;

    /// <summary>For the same: the second argument of what is left.</summary>
    public ulong Second => _second;

    /// <summary>For <see cref="AnswerKind.AgainWithThree"/>: the third argument of what is left.</summary>
    public ulong Third => _third;

    /// <summary>The call is made again for the rest of its work, as three arguments say it.</summary>
    public static Answer AgainWith(ulong first, ulong second, ulong third) => new(AnswerKind.AgainWithThree, 0, first, second, third);

    /// <summary>The call is made again for the rest of its work, as two arguments say it.</summary>
    public static Answer AgainWith(ulong first, ulong second) => new(AnswerKind.AgainWith, 0, first, second);

    /// <summary>For rax: the value, or the negated errno.</summary>
    public long Value => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Answer(long value) => new(AnswerKind.Value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Answer(Errno error) => new(AnswerKind.Value, -(long)error);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Answer(Result result) => result.Error;
}
