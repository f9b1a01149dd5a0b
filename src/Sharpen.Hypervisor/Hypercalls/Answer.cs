using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>What becomes of the caller's registers when an operation is through.</summary>
/// <remarks>
/// One word, so that it comes back in a register: a number for rax, or one of the kinds, which stand at the bottom of the numbers where
/// neither an error nor a register of a guest can be. What is left of a call that is to be made again is kept by this CPU, from the operation's
/// return to the next one's.
/// </remarks>
public readonly struct Answer
{
    private const long FirstNumber = long.MinValue + 16;

    private readonly long _word;

    private Answer(long word) => _word = word;

    /// <summary>The call is made again when the vCPU next runs: its state so far is kept in the vCPU.</summary>
    public static Answer Again => Of(AnswerKind.Again);

    /// <summary>The operation has set the registers itself.</summary>
    public static Answer RegistersSet => Of(AnswerKind.RegistersSet);

    /// <summary>Which of them.</summary>
    public AnswerKind Kind => IsNumber ? AnswerKind.Value : (AnswerKind)(byte)unchecked(_word - long.MinValue);

    /// <summary>True for <see cref="AnswerKind.RegistersSet"/>.</summary>
    public bool HasSetRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _word == long.MinValue + (byte)AnswerKind.RegistersSet;
    }

    /// <summary>True for <see cref="AnswerKind.Value"/>.</summary>
    public bool IsNumber
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _word >= FirstNumber;
    }

    /// <summary>For rax: the value, or the negated errno.</summary>
    public long Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _word;
    }

    /// <summary>For the kinds that make a call again with other arguments: the first argument of what is left.</summary>
    public ulong First => Dispatcher.Local.Rest.First;

    /// <summary>For <see cref="AnswerKind.AgainWith"/> and <see cref="AnswerKind.AgainWithThree"/>: the second argument of what is left.</summary>
    public ulong Second => Dispatcher.Local.Rest.Second;

    /// <summary>For <see cref="AnswerKind.AgainWithThree"/>: the third argument of what is left.</summary>
    public ulong Third => Dispatcher.Local.Rest.Third;

    /// <summary>The call is made again with this first argument: how far it has come, as the ABI lets a call say it.</summary>
    public static Answer Continue(ulong first) => Keep(AnswerKind.Continue, first, 0, 0);

    /// <summary>The call is made again for the rest of its work, as two arguments say it.</summary>
    public static Answer AgainWith(ulong first, ulong second) => Keep(AnswerKind.AgainWith, first, second, 0);

    /// <summary>The call is made again for the rest of its work, as three arguments say it.</summary>
    public static Answer AgainWith(ulong first, ulong second, ulong third) => Keep(AnswerKind.AgainWithThree, first, second, third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Answer(long value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Answer(Errno error) => new(-(long)error);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Answer(Result result) => result.Error;

    private static Answer Of(AnswerKind kind) => new(long.MinValue + (byte)kind);

    private static Answer Keep(AnswerKind kind, ulong first, ulong second, ulong third)
    {
        Dispatcher.Local.Rest = new CallRest { First = first, Second = second, Third = third };
        return Of(kind);
    }
}
