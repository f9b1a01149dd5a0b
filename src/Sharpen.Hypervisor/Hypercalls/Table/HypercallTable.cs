using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.Table;

/// <summary>The generated table's own part: how a structure gets in and out.</summary>
public static partial class HypercallTable
{
    private static bool IsPrivileged(in Vcpu caller) => DomainList.Of(in caller).IsPrivileged;

    /// <remarks>Like the others apart from its caller, which jumps here: what an operation needs of the stack is not set up for every call.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Answer Run<TOperation>(ref Vcpu caller, in HypercallArguments call)
        where TOperation : struct, IHypercall => TOperation.Execute(ref caller, in call);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Answer Run<TOperation, TArguments>(ref Vcpu caller, in HypercallArguments call)
        where TOperation : struct, IHypercall<TArguments>
        where TArguments : unmanaged, IAbiData
    {
        return GuestMemory.TryRead(new GuestLinear(call.Second), out TArguments arguments)
            ? TOperation.Execute(ref caller, ref arguments) : Errno.Fault;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Answer RunAndWriteBack<TOperation, TArguments>(ref Vcpu caller, in HypercallArguments call)
        where TOperation : struct, IHypercall<TArguments>
        where TArguments : unmanaged, IAbiData
    {
        if (!GuestHandle<TArguments>.From(call.Second).Try(out GuestHandle<TArguments> handle, out Errno wrapped))
        {
            return wrapped;
        }

        TArguments arguments = default;
        if (!GuestMemory.ReadInPlace(handle, ref arguments).Try(out Errno unreadable))
        {
            return unreadable;
        }

        Answer answer = TOperation.Execute(ref caller, ref arguments);
        if (answer.Kind == AnswerKind.Value && answer.Value >= 0)
        {
            return GuestMemory.WriteInPlace(handle, ref arguments).Try(out Errno unwritable) ? answer : unwritable;
        }

        return answer;
    }
}
