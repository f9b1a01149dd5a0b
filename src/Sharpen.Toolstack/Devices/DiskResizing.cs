using System.Globalization;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Makes a guest see that the device behind its disk has grown. Source: <c>io/blkif.h</c>: <c>sectors</c>; a frontend takes it
/// over when the backend says Connected again.</summary>
public static class DiskResizing
{
    /// <summary>Takes over the size that the file or device has now.</summary>
    /// <returns>The new size in sectors of 512 bytes.</returns>
    /// <exception cref="DeviceException">The disk is not connected, or has no device of its own.</exception>
    public static ulong Refresh(StoreClient store, DevicePaths paths)
    {
        string device = store.Find($"{paths.BackendPath}/physical-device-path") ??
            throw new DeviceException($"the disk {paths.Number} has no block device behind it");
        if (device.StartsWith("/dev/loop", System.StringComparison.Ordinal))
        {
            LoopDevice.Refresh(device);
        }

        ulong sectors = BlockDevices.SectorsOf(device);
        store.Commit(transaction =>
        {
            if (store.Find($"{paths.BackendPath}/state", transaction) != $"{(int)XenbusState.Connected}")
            {
                throw new DeviceException($"the disk {paths.Number} is not connected: the guest takes over the new size when it connects");
            }

            store.Write($"{paths.BackendPath}/sectors", sectors.ToString(CultureInfo.InvariantCulture), transaction);
            store.Write($"{paths.BackendPath}/state", $"{(int)XenbusState.Connected}", transaction);
        });
        return sectors;
    }
}
