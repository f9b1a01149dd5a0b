using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The entry that maps an address of the caller's kernel, replaced. Source: <c>update_va_mapping</c> in <c>xen.h</c>.</summary>
internal static class VaMapping
{
    private const ulong FlushKind = 3;
    private const ulong FlushTables = 1;
    private const ulong FlushPage = 2;
    private const ulong EveryCpu = 4;
    private const ulong Bitmap = ~7UL;

    /// <summary>Writes the entry, then makes CPUs forget as the flags say.</summary>
    /// <param name="caller">The vCPU that asks.</param>
    /// <param name="domain">Its domain.</param>
    /// <param name="call">Address, entry, flags.</param>
    /// <param name="foreign">Whose pages the entry may lead to.</param>
    internal static Answer Replace(ref Vcpu caller, ref Domain domain, in HypercallArguments call, MmuForeign foreign)
    {
        ulong kind = call.Third & FlushKind;
        bool flushes = kind is FlushTables or FlushPage;
        bool isByBitmap = flushes && (call.Third & (Bitmap | EveryCpu)) is not (0 or EveryCpu);
        Result written;
        using (Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held))
        {
            GuestPaging visit = DomainPaging.Visit(held, ref domain);
            if (foreign.Pages != domain.Id)
            {
                visit.UsePagesOf(foreign.Pages, foreign.HasDevices);
            }

            written = visit.WriteAt(in caller.Context, new GuestLinear(call.First), call.Second);
            if (flushes && (call.Third & (Bitmap | EveryCpu)) != 0)
            {
                visit.FlushAll();
            }

            visit.Dispose();
        }

        if (written.Error == Errno.Again)
        {
            return Answer.Again;
        }

        if (kind == FlushTables)
        {
            GuestPaging.FlushHere();
        }
        else if (kind == FlushPage)
        {
            GuestPaging.FlushHere(new GuestLinear(call.First));
        }

        return isByBitmap && written.Try(out _) ? VcpuBitmap.Check(in domain, call.Third & Bitmap) : written;
    }
}
