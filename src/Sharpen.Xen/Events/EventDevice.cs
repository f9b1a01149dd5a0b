using System;
using System.Runtime.InteropServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Events;

/// <summary>
/// <c>/dev/xen/evtchn</c>: event channels of this domain, for one program. A port that has fired is masked until <see cref="Unmask"/>.
/// Closing unbinds them all. Source: <c>evtchn.h</c>. Safe for threads; one at a time may take events.
/// </summary>
public sealed unsafe class EventDevice : IDisposable
{
    private const uint BindVirqRequest = (4 << 16) | ('E' << 8) | 0;
    private const uint BindInterdomainRequest = (8 << 16) | ('E' << 8) | 1;
    private const uint BindUnboundRequest = (4 << 16) | ('E' << 8) | 2;
    private const uint UnbindRequest = (4 << 16) | ('E' << 8) | 3;
    private const uint NotifyRequest = (4 << 16) | ('E' << 8) | 4;

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
    public void Notify(EventPort port) => Ask($"notify {port}", null, NotifyRequest, port.Value);

    /// <summary>The ports that fired, each now masked; waits for one.</summary>
    /// <param name="ports">Filled from the start.</param>
    /// <returns>How many.</returns>
    public int Take(Span<EventPort> ports)
    {
        Span<uint> numbers = stackalloc uint[Math.Min(ports.Length, 256)];
        nint length;
        fixed (uint* buffer = numbers)
        {
            do
            {
                length = Libc.Read(_device.Descriptor, buffer, (nuint)(numbers.Length * sizeof(uint)));
            }
            while (length < 0 && Marshal.GetLastPInvokeError() == (int)Errno.Intr);
        }

        if (length < 0)
        {
            throw new XenException("take events", null, (Errno)Marshal.GetLastPInvokeError());
        }

        int count = (int)length / sizeof(uint);
        for (int index = 0; index < count; index++)
        {
            ports[index] = new EventPort(numbers[index]);
        }

        return count;
    }

    /// <summary>Waits until a port has fired, which <see cref="Take"/> then gives.</summary>
    /// <returns>False when the time passed before.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> said so.</exception>
    public bool Wait(TimeSpan most, CancellationToken cancel = default) => Waiting.ForInput(_device, most, cancel);

    /// <summary>Lets a port fire again.</summary>
    public void Unmask(EventPort port)
    {
        uint number = port.Value;
        if (Libc.Write(_device.Descriptor, &number, sizeof(uint)) < 0)
        {
            throw new XenException($"unmask {port}", null, (Errno)Marshal.GetLastPInvokeError());
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
