using System;
using System.Runtime.InteropServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Events;

/// <summary>
/// <c>/dev/xen/evtchn</c>: event channels of this domain, for one program. A port that has fired is masked until <see cref="Unmask(EventPort)"/>.
/// Closing unbinds them all. Source: <c>evtchn.h</c>. Safe for threads; one at a time may take events.
/// </summary>
public sealed unsafe class EventDevice : IDisposable
{
    private const uint BindVirqRequest = (4 << 16) | ('E' << 8) | 0;
    private const uint BindInterdomainRequest = (8 << 16) | ('E' << 8) | 1;
    private const uint BindUnboundRequest = (4 << 16) | ('E' << 8) | 2;
    private const uint UnbindRequest = (4 << 16) | ('E' << 8) | 3;
    private const uint NotifyRequest = (4 << 16) | ('E' << 8) | 4;

    // What the kernel takes and gives in one call is within one page.
    private const int MostAtOnce = 1024;

    private readonly FileHandle _device;

    private EventDevice(FileHandle device) => _device = device;

    /// <summary>The device, readable in a poll loop when a port has fired.</summary>
    public FileHandle Handle => _device;

    /// <summary>Opens the device.</summary>
    /// <exception cref="XenException">It is not there, or this user may not.</exception>
    public static EventDevice Open() => new(FileHandle.Open("open the device for event channels", "/dev/xen/evtchn"));

    /// <summary>Binds a port to what the hypervisor tells.</summary>
    public EventPort Bind(Virq virq) => Ask($"bind the virtual interrupt {virq}", null, BindVirqRequest, (uint)virq);

    /// <summary>Binds a port to another domain's port, which that domain offered.</summary>
    public EventPort Bind(DomainId remote, EventPort port) => Ask($"bind {port} of", remote, BindInterdomainRequest, remote.Value, port.Value);

    /// <summary>A port that another domain may bind.</summary>
    public EventPort Offer(DomainId remote) => Ask("offer an event channel to", remote, BindUnboundRequest, remote.Value);

    /// <summary>Closes a port.</summary>
    public void Unbind(EventPort port) => Ask($"unbind {port}", null, UnbindRequest, port.Value);

    /// <summary>Tells the other end.</summary>
    public void Notify(EventPort port)
    {
        uint number = port.Value;
        if (_device.Control(NotifyRequest, &number, out Errno error) < 0)
        {
            throw new XenException($"notify {port}", null, error);
        }
    }

    /// <summary>The ports that fired, each now masked; waits for one.</summary>
    /// <param name="ports">Filled from the start.</param>
    /// <returns>How many.</returns>
    public int Take(Span<EventPort> ports)
    {
        nint length;
        fixed (EventPort* buffer = ports)
        {
            do
            {
                length = Libc.Read(_device.Descriptor, buffer, (nuint)(Math.Min(ports.Length, MostAtOnce) * sizeof(EventPort)));
            }
            while (length < 0 && Marshal.GetLastPInvokeError() == (int)Errno.Intr);
        }

        return length >= 0 ? (int)length / sizeof(EventPort) : throw new XenException("take events", null, (Errno)Marshal.GetLastPInvokeError());
    }

    /// <summary>Waits until a port has fired, which <see cref="Take"/> then gives.</summary>
    /// <returns>False when the time passed before.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> said so.</exception>
    public bool Wait(TimeSpan most, CancellationToken cancel = default) => Waiting.ForInput(_device, most, cancel);

    /// <summary>Lets a port fire again.</summary>
    public void Unmask(EventPort port) => Unmask([port]);

    /// <summary>Lets ports fire again, as many as <see cref="Take"/> gives at most.</summary>
    public void Unmask(ReadOnlySpan<EventPort> ports)
    {
        fixed (EventPort* numbers = ports)
        {
            if (Libc.Write(_device.Descriptor, numbers, (nuint)(ports.Length * sizeof(EventPort))) < 0)
            {
                throw new XenException($"unmask {ports[0]}", null, (Errno)Marshal.GetLastPInvokeError());
            }
        }
    }

    public void Dispose() => _device.Dispose();

    private EventPort Ask(string operation, DomainId? domain, uint request, uint first, uint second = 0)
    {
        uint* argument = stackalloc uint[2] { first, second };
        int answer = _device.Control(request, argument, out Errno error);
        return answer >= 0 ? new EventPort((uint)answer) : throw new XenException(operation, domain, error);
    }
}
