using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>A hypercall with its arguments and its answer, as <c>Timed.S</c> takes it.</summary>
internal struct TimedCall
{
    internal ulong Number;
    internal ulong First;
    internal ulong Second;
    internal ulong Third;
    internal ulong Fourth;
    internal ulong Fifth;
    internal long Answer;

    internal static TimedCall Of(Hypercall number, ulong first = 0, ulong second = 0, ulong third = 0, ulong fourth = 0) =>
        new() { Number = (ulong)number, First = first, Second = second, Third = third, Fourth = fourth };
}
