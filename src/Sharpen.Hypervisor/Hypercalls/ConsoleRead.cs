using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>What was typed for the caller: nothing, so far. Answers the number of bytes.</summary>
[Hypercall(Hypercall.ConsoleIo, ConsoleIoCommand.Read)]
public readonly struct ConsoleRead : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => 0;
}
