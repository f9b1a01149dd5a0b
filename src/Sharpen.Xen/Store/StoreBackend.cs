using Sharpen.Abi;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Store;

/// <summary><c>/dev/xen/xenbus_backend</c>: where the store's daemon finds the ring of the kernel it runs under.</summary>
public static unsafe class StoreBackend
{
    private const int PageSize = 4096;
    private const uint PortRequest = ('B' << 8) | 0;

    /// <summary>The kernel's ring and its port.</summary>
    /// <exception cref="XenException">The device is not there: this is not a control domain.</exception>
    public static MappedMemory Map(out EventPort port)
    {
        const string Operation = "find the kernel's ring";
        using FileHandle device = FileHandle.Open(Operation, "/dev/xen/xenbus_backend");
        int answer = device.Control(PortRequest, null, out Errno error);
        port = answer > 0 ? new EventPort((uint)answer) : throw new XenException(Operation, null, error);
        return MappedMemory.Map(Operation, null, device, 0, PageSize, writable: true);
    }
}
