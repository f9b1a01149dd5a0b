using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Undoes mappings of grants for CPUs, and lets what is mapped at another address take their places; that address maps nothing
/// afterwards. Statuses and errors as of <c>GNTTABOP_unmap_grant_ref</c>.
/// </summary>
[Hypercall(Hypercall.GrantTableOp, GrantTableCommand.UnmapAndReplace)]
public readonly struct GrantReplacePages : IHypercall, IGrantUndo<GrantReplace>
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call) => GrantUndoing<GrantReplacePages, GrantReplace>.Run(ref caller, in call);

    static GrantStatus IGrantUndo<GrantReplace>.Undo(ref GrantUnmapBatch undone, ref GuestPaging visit, ref GrantReplace operation)
    {
        GrantUnmap unmap = new() { Address = operation.Address, Handle = operation.Handle };
        operation.Status = undone.Undo(ref visit, in unmap, operation.NewAddress);
        return operation.Status;
    }
}
