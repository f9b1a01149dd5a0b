using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>Domains as a whole: their making, their end, and what they are. Every refusal is a <see cref="XenException"/>. Source: <c>domctl.h</c>.</summary>
public sealed class DomainControl
{
    private readonly HypercallDevice _device;

    internal DomainControl(HypercallDevice device) => _device = device;

    /// <summary>Makes a domain, paused, without memory or vCPUs.</summary>
    /// <param name="creation">What it is to be.</param>
    /// <param name="wanted">The id it is to have; null: the hypervisor chooses.</param>
    public DomainId Create(DomainCreation creation, DomainId? wanted = null)
    {
        ArgumentNullException.ThrowIfNull(creation);
        DomctlCreation arguments = creation.Structure();
        DomainId asked = wanted ?? new DomainId(0);
        try
        {
            return Domctl.Call(_device, "create", DomctlCommand.CreateDomain, asked, ref arguments);
        }
        catch (XenException refused) when (wanted is null)
        {
            throw new XenException("create a domain", null, refused.Error);
        }
    }

    /// <summary>Ends a domain and frees what it has, which may take long; what others have mapped of it keeps it as a zombie.</summary>
    public void Destroy(DomainId domain)
    {
        byte none = 0;
        Errno error;
        do
        {
            _ = Domctl.TryCall(_device, DomctlCommand.DestroyDomain, domain, ref none, out error);
        }
        while (error is Errno.Again or Errno.Restart);
        if (error != Errno.None)
        {
            throw new XenException("destroy", domain, error);
        }
    }

    /// <summary>Stops all its vCPUs; as often as this was called, <see cref="Unpause"/> must be.</summary>
    public void Pause(DomainId domain) => Domctl.Call(_device, "pause", DomctlCommand.PauseDomain, domain);

    /// <summary>Undoes one <see cref="Pause"/>; a new domain is paused once.</summary>
    public void Unpause(DomainId domain) => Domctl.Call(_device, "unpause", DomctlCommand.UnpauseDomain, domain);

    /// <summary>Lets a domain go on that stopped itself to be saved.</summary>
    public void Resume(DomainId domain) => Domctl.Call(_device, "resume", DomctlCommand.ResumeDomain, domain);

    /// <summary>Marks a domain as stopped for a reason, as if it had done so itself. Source: <c>SCHEDOP_remote_shutdown</c>.</summary>
    public void Shutdown(DomainId domain, ShutdownReason reason)
    {
        using HypercallBuffer buffer = _device.Allocate(8);
        buffer.At<SchedRemoteShutdown>() = new SchedRemoteShutdown { Domain = domain.Value, Reason = reason };
        _ = _device.Call("shut down", domain, Hypercall.SchedOp, (ulong)SchedCommand.RemoteShutdown, buffer.Address);
    }

    /// <summary>A domain in numbers; null when there is none of that id.</summary>
    public DomainInfo? Find(DomainId domain)
    {
        DomainInfo info = default;
        _ = Domctl.TryCall(_device, DomctlCommand.GetDomainInfo, domain, ref info, out Errno error);
        return error switch
        {
            // The hypervisor gives the next domain when there is none of this id.
            Errno.None => info.Domain == domain.Value ? info : null,
            Errno.Srch or Errno.Inval => null,
            _ => throw new XenException("ask for", domain, error),
        };
    }

    /// <summary>A domain in numbers.</summary>
    public DomainInfo Get(DomainId domain) => Find(domain) ?? throw new XenException("find", domain, Errno.Srch);

    /// <summary>All domains, by rising id.</summary>
    public IReadOnlyList<DomainInfo> List()
    {
        // One page, which the device keeps: fresh ones cost more than a few calls.
        using HypercallBuffer buffer = _device.Allocate(1);
        uint atOnce = (uint)buffer.As<DomainInfo>().Length;
        List<DomainInfo> all = new((int)atOnce);
        SysctlDomainList request;
        ushort first = 0;
        do
        {
            request = new SysctlDomainList { First = first, Most = atOnce, Buffer = buffer.Address };
            Sysctl.Call(_device, "list the domains", SysctlCommand.ListDomains, ref request);
            Span<DomainInfo> found = buffer.As<DomainInfo>()[..(int)request.Count];
            foreach (ref readonly DomainInfo info in found)
            {
                all.Add(info);
                first = (ushort)(info.Domain + 1);
            }
        }
        while (request.Count == atOnce);
        return all;
    }

    /// <summary>Gives it another UUID.</summary>
    public void SetHandle(DomainId domain, Guid handle)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = handle.TryWriteBytes(bytes, bigEndian: true, out _);
        DomctlHandle arguments = new() { Handle = MemoryMarshal.Read<Bytes16>(bytes) };
        _ = Domctl.Call(_device, "set the UUID of", DomctlCommand.SetDomainHandle, domain, ref arguments);
    }

    /// <summary>Sets how wide its addresses are: 64, or 32 before it has any memory.</summary>
    public void SetAddressSize(DomainId domain, int bits)
    {
        DomctlAddressSize arguments = new() { Bits = (uint)bits };
        _ = Domctl.Call(_device, "set the address size of", DomctlCommand.SetAddressSize, domain, ref arguments);
    }

    /// <summary>How wide its addresses are, in bits.</summary>
    public int GetAddressSize(DomainId domain)
    {
        DomctlAddressSize arguments = default;
        _ = Domctl.Call(_device, "get the address size of", DomctlCommand.GetAddressSize, domain, ref arguments);
        return (int)arguments.Bits;
    }

    /// <summary>Has the hypervisor write the stubs by which a domain calls it.</summary>
    /// <param name="domain">Whose.</param>
    /// <param name="page">The domain's page that they are for.</param>
    public void WriteHypercallPage(DomainId domain, ulong page) => SetWord(domain, "write the hypercall page of", DomctlCommand.HypercallInit, page);

    /// <summary>How it sees the time stamp counter.</summary>
    public DomctlTsc GetTsc(DomainId domain)
    {
        DomctlTsc arguments = default;
        _ = Domctl.Call(_device, "get the time stamp counter of", DomctlCommand.GetTscInfo, domain, ref arguments);
        return arguments;
    }

    /// <summary>Sets how it sees the time stamp counter.</summary>
    public void SetTsc(DomainId domain, DomctlTsc settings) =>
        Domctl.Call(_device, "set the time stamp counter of", DomctlCommand.SetTscInfo, domain, ref settings);

    /// <summary>Sets how far its wall clock is from the host's, in seconds.</summary>
    public void SetTimeOffset(DomainId domain, int seconds)
    {
        long arguments = seconds;
        _ = Domctl.Call(_device, "set the time of", DomctlCommand.SetTimeOffset, domain, ref arguments);
    }

    /// <summary>Says whether a debugger in dom0 watches it.</summary>
    public void SetDebugging(DomainId domain, bool enabled) => SetWord(domain, "set the debugging of", DomctlCommand.SetDebugging, enabled ? 1u : 0u);

    /// <summary>Makes a domain the one that may act on another.</summary>
    public void SetTarget(DomainId domain, DomainId target) => SetWord(domain, $"set the target {target.Value} of", DomctlCommand.SetTarget, target.Value);

    /// <summary>Sends a virtual interrupt of the hypervisor to a domain instead of dom0.</summary>
    public void SetVirqHandler(DomainId domain, Virq virq) => SetWord(domain, $"send {virq} to", DomctlCommand.SetVirqHandler, (uint)virq);

    /// <summary>Lets a domain use an interrupt, or forbids it.</summary>
    public void PermitInterrupt(DomainId domain, byte pirq, bool allow) =>
        SetWord(domain, $"set the permission for interrupt {pirq} of", DomctlCommand.IrqPermission, pirq | (allow ? 0x100u : 0));

    /// <summary>Lets a domain map machine frames of devices, or forbids it.</summary>
    public void PermitMemory(DomainId domain, Mfn first, ulong frames, bool allow)
    {
        Longs arguments = new(first.Value, frames, allow ? 1ul : 0);
        _ = Domctl.Call(_device, $"set the permission for {frames} frames from {first} on of", DomctlCommand.IomemPermission, domain, ref arguments);
    }

    /// <summary>Lets a domain use ports of devices, or forbids it.</summary>
    public void PermitPorts(DomainId domain, uint first, uint count, bool allow)
    {
        Integers arguments = new(first, count, allow ? 1u : 0);
        _ = Domctl.Call(_device, $"set the permission for {count} ports from {first:x} on of", DomctlCommand.IoportPermission, domain, ref arguments);
    }

    /// <summary>Triggers what a button or the like would. Source: <c>XEN_DOMCTL_SENDTRIGGER_*</c>.</summary>
    public void SendTrigger(DomainId domain, uint trigger, uint vcpu) =>
        SetWord(domain, "send a trigger to", DomctlCommand.SendTrigger, trigger | ((ulong)vcpu << 32));

    private void SetWord(DomainId domain, string operation, DomctlCommand command, ulong word) =>
        Domctl.Call(_device, operation, command, domain, ref word);
}
