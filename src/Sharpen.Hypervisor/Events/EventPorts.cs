using System;
using Sharpen.Abi;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Events;

/// <summary>
/// The ports of one domain: which are in use, bound to what, notifying whom. A view over storage that the domain lends;
/// no lock, no shared page, no other domain: those are arguments of whoever calls. Port 0 is never given out.
/// </summary>
public readonly ref struct EventPorts
{
    private readonly Span<EventPort> _ports;

    /// <summary>A view of one domain's ports; its <see cref="Sharpen.Machine.Locks.EventRank"/> lock is held while it is used.</summary>
    public EventPorts(Span<EventPort> storage) => _ports = storage;

    /// <summary>Port numbers are below this.</summary>
    public uint Limit => (uint)_ports.Length;

    /// <summary>A port in use, or <see cref="Refs.Null"/>. Any number may be asked for.</summary>
    public ref EventPort Find(uint port)
    {
        if (port != 0 && port < Limit && _ports[(int)port].State != EventChannelState.Closed)
        {
            return ref _ports[(int)port];
        }

        return ref Refs.Null<EventPort>();
    }

    /// <summary>The port that a virtual interrupt of a vCPU raises, or 0.</summary>
    public uint FindVirq(Virq virq, int vcpu)
    {
        for (int port = 1; port < _ports.Length; port++)
        {
            if (_ports[port].State == EventChannelState.Virq && _ports[port].Virq == virq && (_ports[port].Vcpu == vcpu || !IsPerVcpu(virq)))
            {
                return (uint)port;
            }
        }

        return 0;
    }

    /// <summary>Takes a free port for what <paramref name="wanted"/> says. <see cref="Errno.NoSpc"/>: all are in use.</summary>
    public Result<uint> Bind(in EventPort wanted)
    {
        for (int port = 1; port < _ports.Length; port++)
        {
            if (_ports[port].State == EventChannelState.Closed)
            {
                _ports[port] = wanted;
                return (uint)port;
            }
        }

        return Errno.NoSpc;
    }

    /// <summary>
    /// A port for a virtual interrupt. <see cref="Errno.Inval"/>: there is no such interrupt, or a global one on a vCPU
    /// other than 0; <see cref="Errno.Exist"/>: it has a port; <see cref="Errno.NoSpc"/>: all ports are in use.
    /// </summary>
    public Result<uint> BindVirq(Virq virq, int vcpu)
    {
        if ((uint)virq >= (uint)Virq.Arch7 + 1 || (!IsPerVcpu(virq) && vcpu != 0))
        {
            return Errno.Inval;
        }

        return FindVirq(virq, vcpu) != 0 ? Errno.Exist : Bind(new EventPort { State = EventChannelState.Virq, Virq = virq, Vcpu = (ushort)vcpu });
    }

    /// <summary>Frees a port that is in use.</summary>
    public void Close(uint port) => _ports[(int)port] = default;

    /// <summary>True for interrupts of which every vCPU has its own. Source: the list in <c>xen.h</c>.</summary>
    public static bool IsPerVcpu(Virq virq) => virq is Virq.Timer or Virq.Debug or Virq.Xenoprof or Virq.Xenpmu;
}
