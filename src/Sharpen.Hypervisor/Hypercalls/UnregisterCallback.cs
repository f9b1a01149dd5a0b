using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Entry points that a PV guest needs cannot be taken away: <see cref="Errno.Inval"/>; others: <see cref="Errno.NoSys"/>.</summary>
[Hypercall(Hypercall.CallbackOp, CallbackCommand.Unregister)]
public readonly struct UnregisterCallback : IHypercall<CallbackUnregister>
{
    public static Answer Execute(ref Vcpu caller, ref CallbackUnregister arguments) =>
        arguments.Type is CallbackType.Event or CallbackType.Failsafe or CallbackType.Syscall or CallbackType.Syscall32 or CallbackType.Sysenter ? Errno.Inval : Errno.NoSys;
}
