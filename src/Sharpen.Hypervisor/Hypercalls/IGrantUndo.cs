using Sharpen.Abi;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>A call whose operations each undo a mapping of a grant.</summary>
/// <typeparam name="T">An operation, as the guest passes it.</typeparam>
internal interface IGrantUndo<T>
    where T : unmanaged, IAbiData
{
    /// <summary>Carries out one operation and sets its status. <see cref="GrantStatus.Again"/>: it is to be tried again, and nothing has changed.</summary>
    static abstract GrantStatus Undo(ref GrantUnmapBatch undone, ref GuestPaging visit, ref T operation);
}
