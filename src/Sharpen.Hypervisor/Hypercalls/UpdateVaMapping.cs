using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Replaces the page that an address maps, in the page tables that the caller runs on. First argument: the address; second:
/// the entry, of which frame, presence and writability count. <see cref="Errno.Inval"/>: no table maps that address, or the
/// frame is not the caller's or may not be used so; <see cref="Errno.Busy"/>: too many references to it.
/// </summary>
[Hypercall(Hypercall.UpdateVaMapping)]
public readonly struct UpdateVaMapping : IHypercall
{
    private const ulong Present = 1;
    private const ulong Writable = 2;
    private const ulong FrameMask = 0x000f_ffff_ffff_f000;

    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        DomainId owner = caller.Id.Domain;
        if (!new GuestLinear(call.First).IsGuest)
        {
            return Errno.Inval;
        }

        if (!FrameRef<L4Table>.Hold(GuestCpu.RootOf(in caller.Context), owner, out FrameRef<L4Table> root).Try(out Errno noRoot))
        {
            return noRoot;
        }

        Result found = GuestTables.FindL1(in root, call.First, owner, out FrameRef<L1Table> table);
        root.Dispose();
        if (!found.Try(out _))
        {
            return found;
        }

        Result updated = Update(in table, owner, GuestTables.IndexOf(call.First), call.Second);
        table.Dispose();
        return updated;
    }

    private static Result Update(scoped in FrameRef<L1Table> table, DomainId owner, int index, ulong entry)
    {
        Mfn frame = new((entry & FrameMask) >> PageSize.Shift);
        if ((entry & Present) == 0)
        {
            return GuestMappings.Clear(in table, index);
        }

        if ((entry & Writable) != 0)
        {
            Result held = FrameRef<Machine.Memory.Writable>.Hold(frame, owner, out FrameRef<Machine.Memory.Writable> writable);
            if (held.Try(out _))
            {
                held = GuestMappings.Replace(in table, index, in writable);
                writable.Dispose();
            }

            return held;
        }

        Result read = FrameRef<Untyped>.Hold(frame, owner, out FrameRef<Untyped> readable);
        if (read.Try(out _))
        {
            read = GuestMappings.ReplaceReadOnly(in table, index, in readable);
            readable.Dispose();
        }

        return read;
    }
}
