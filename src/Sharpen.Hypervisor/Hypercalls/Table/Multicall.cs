using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Table;

/// <summary>
/// Makes a list of calls, one after the other, and writes each answer into its entry. First argument: the list; second: how many.
/// Stops between calls for whatever is more urgent and goes on later. <see cref="Errno.Fault"/>: an entry cannot be read or its answer
/// written, those before it are done; <see cref="Errno.Inval"/>: in the entry of a list within the list.
/// </summary>
[Hypercall(Hypercall.Multicall)]
public readonly struct Multicall : IHypercall
{
    private const ulong MostAtOnce = 64;
    private const ulong ResultOffset = 8;
    private const ulong FirstArgumentOffset = 16;
    private const ulong SecondArgumentOffset = 24;
    private const ulong ThirdArgumentOffset = 32;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (caller.IsInMulticall)
        {
            return Errno.Inval;
        }

        if (!GuestHandle<MulticallEntry>.From(call.First, unchecked((uint)call.Second)).Try(out GuestHandle<MulticallEntry> list, out Errno wrapped))
        {
            return wrapped;
        }

        caller.IsInMulticall = true;
        Answer answer = RunAll(ref caller, list);
        caller.IsInMulticall = false;
        return answer;
    }

    private static Answer RunAll(ref Vcpu caller, GuestHandle<MulticallEntry> list)
    {
        for (ulong index = 0; index < list.Count; index++)
        {
            if (index != 0 && (index == MostAtOnce || Dispatcher.MustDecide))
            {
                return Suspend(list, index);
            }

            ulong place = AddressOf(list, index);
            if (!GuestMemory.TryRead(new GuestLinear(place), out MulticallEntry entry))
            {
                return Errno.Fault;
            }

            HypercallArguments one = new(ref entry);
            Answer answer = HypercallTable.Dispatch(ref caller, in one);
            if (answer.IsNumber)
            {
                GuestWord result = new(unchecked((ulong)answer.Value));
                if (!GuestMemory.TryWrite(new GuestLinear(unchecked(place + ResultOffset)), in result))
                {
                    return Errno.Fault;
                }

                continue;
            }

            if (answer.HasSetRegisters)
            {
                return answer;
            }

            return answer.Kind == AnswerKind.Again || WriteRest(place, answer).Try(out Errno unwritable) ? Suspend(list, index) : unwritable;
        }

        return 0;
    }

    // The arguments for the rest of a call that is not through.
    private static Result WriteRest(ulong entry, Answer answer)
    {
        if (answer.Kind == AnswerKind.AgainWithThree && !WriteWord(entry + ThirdArgumentOffset, answer.Third).Try(out Errno third))
        {
            return third;
        }

        if (answer.Kind != AnswerKind.Continue && !WriteWord(entry + SecondArgumentOffset, answer.Second).Try(out Errno second))
        {
            return second;
        }

        return WriteWord(entry + FirstArgumentOffset, answer.First);
    }

    private static Result WriteWord(ulong address, ulong value) =>
        GuestHandle<GuestWord>.From(address).Try(out GuestHandle<GuestWord> word, out Errno wrapped) ? GuestMemory.Write(word, new GuestWord(value)) : wrapped;

    private static ulong AddressOf(GuestHandle<MulticallEntry> list, ulong index) =>
        (list.Start + unchecked(index * (ulong)Layout.SizeOf<MulticallEntry>())).Value;

    // The caller makes the call again, with what is left of the list.
    private static Answer Suspend(GuestHandle<MulticallEntry> list, ulong done)
    {
        ref CpuUserRegisters registers = ref GuestCpu.Registers;
        registers.Rdi = AddressOf(list, done);
        registers.Rsi = list.Count - done;
        return Answer.Again;
    }
}
