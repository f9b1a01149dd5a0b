using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Undoes mappings of grants; no CPU remembers any of them when it is done. Each is told its own status: <see cref="GrantStatus.BadHandle"/>;
/// <see cref="GrantStatus.GeneralError"/>: it is not mapped there; <see cref="GrantStatus.BadDeviceAddress"/>. An address of zero leaves that part of the
/// mapping as it is. <see cref="Errno.Inval"/>: a count below zero; <see cref="Errno.Fault"/>: an operation cannot be reached.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.UnmapGrantRef)]
public readonly struct GrantUnmapPages : IHypercall, IGrantUndo<GrantUnmap>
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => GrantUndoing<GrantUnmapPages, GrantUnmap>.Run(ref caller, in call);

    static GrantStatus IGrantUndo<GrantUnmap>.Undo(ref GrantUnmapBatch undone, ref GuestPaging visit, ref GrantUnmap operation)
    {
        operation.Status = undone.Undo(ref visit, in operation, replacement: 0);
        return operation.Status;
    }
}
