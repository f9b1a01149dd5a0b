using System;
using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>Page tables and page numbers of PV domains. Every refusal is a <see cref="XenException"/>. Source: <c>xen.h</c>.</summary>
public sealed class PagingControl
{
    private const int PageShift = 12;
    private const int AtOnce = 1024;
    private readonly HypercallDevice _device;

    internal PagingControl(HypercallDevice device) => _device = device;

    /// <summary>Writes which page of the domain each machine frame is.</summary>
    /// <param name="domain">Whose.</param>
    /// <param name="firstPage">The page number of the first frame; the others follow.</param>
    /// <param name="frames">Its machine frames.</param>
    public void SetPages(DomainId domain, ulong firstPage, ReadOnlySpan<ulong> frames)
    {
        using HypercallBuffer buffer = _device.Allocate(AtOnce * Unsafe.SizeOf<MmuUpdate>());
        for (int done = 0; done < frames.Length;)
        {
            int count = Math.Min(AtOnce, frames.Length - done);
            Span<MmuUpdate> updates = buffer.As<MmuUpdate>();
            for (int index = 0; index < count; index++)
            {
                updates[index] = new MmuUpdate
                {
                    Address = (frames[done + index] << PageShift) | (uint)MmuCommand.MachineToPhysicalUpdate,
                    Value = firstPage + (ulong)(done + index),
                };
            }

            _ = _device.Call("set page numbers of", domain, Hypercall.MmuUpdate, buffer.Address, (ulong)count, 0, domain.Value);
            done += count;
        }
    }

    /// <summary>Has the hypervisor check a page table and hold it as one.</summary>
    /// <param name="domain">Whose.</param>
    /// <param name="command">Which level, or <see cref="MmuExtendedCommand.UnpinTable"/>.</param>
    /// <param name="table">Its frame.</param>
    public void Pin(DomainId domain, MmuExtendedCommand command, Mfn table)
    {
        using HypercallBuffer buffer = _device.Allocate(Unsafe.SizeOf<MmuExtendedOp>());
        buffer.At<MmuExtendedOp>() = new MmuExtendedOp { Command = command, First = table.Value };
        _ = _device.Call($"pin the page table {table} of", domain, Hypercall.MmuExtendedOp, buffer.Address, 1, 0, domain.Value);
    }

    /// <summary>What kind of page each frame of a domain is. Source: <c>XEN_DOMCTL_PFINFO_*</c>.</summary>
    /// <param name="domain">Whose.</param>
    /// <param name="frames">In: the frames. Out: their kinds, in the high bits.</param>
    public void GetKinds(DomainId domain, Span<ulong> frames)
    {
        using HypercallBuffer buffer = _device.Allocate(checked(frames.Length * sizeof(ulong)));
        frames.CopyTo(buffer.As<ulong>());
        Longs arguments = new((ulong)frames.Length, buffer.Address);
        _ = Domctl.Call(_device, $"ask for {frames.Length} frames of", DomctlCommand.GetPageFrameInfo, domain, ref arguments);
        buffer.As<ulong>()[..frames.Length].CopyTo(frames);
    }

    /// <summary>Sets a domain's shadow page tables off. Source: <c>XEN_DOMCTL_SHADOW_OP_OFF</c>.</summary>
    public void ShadowOff(DomainId domain) => Domctl.Call(_device, "stop shadowing", DomctlCommand.ShadowOp, domain);
}
