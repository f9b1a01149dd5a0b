using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>Tells when the size of files or of block devices may have changed; what is there to look at then, and whether it has, is for the
/// caller to see. Nothing is allocated after the constructor. Source: inotify(7), netlink(7), <c>linux/netlink.h</c>, <c>linux/filter.h</c>.</summary>
public sealed unsafe class SizeNotices : IDisposable
{
    private const uint ChangedOnce = 0x2 | 0x80000000;
    private const int NetlinkFamily = 16;
    private const int Datagram = 2;
    private const int DeviceEvents = 15;
    private const int KernelGroup = 1;
    private const int SocketLevel = 1;
    private const int AttachFilter = 26;
    private const int Instructions = 4;
    private const ulong Files = 1;
    private const ulong Devices = 2;

    // What the kernel says of a device begins with the word: "change@/devices/...".
    private const uint Change = 0x6368616e;

    private readonly Poller _poller = new();
    private readonly FileHandle _files;
    private readonly FileHandle _devices;

    /// <summary>Looks at all block devices, and at no file yet.</summary>
    /// <exception cref="XenException">The kernel does not tell.</exception>
    public SizeNotices()
    {
        _files = new FileHandle(Checked(Libc.OpenNotices(Libc.CloseOnExec | Libc.NonBlocking)));
        _devices = new FileHandle(Checked(Libc.Socket(NetlinkFamily, Datagram | Libc.CloseOnExec | Libc.NonBlocking, DeviceEvents)));
        FilterChanges();
        // struct sockaddr_nl: family, process, groups.
        uint* address = stackalloc uint[3] { NetlinkFamily, 0, KernelGroup };
        _ = Checked(Libc.Bind(_devices.Descriptor, address, 3 * sizeof(uint)));
        _poller.Watch(_files, Files, edge: false);
        _poller.Watch(_devices, Devices, edge: false);
    }

    /// <summary>The file to poll: readable when there is something to <see cref="Take"/>.</summary>
    public FileHandle Handle => _poller.Handle;

    /// <summary>Looks at a file until it is written to the next time, or cut, or made longer.</summary>
    /// <returns>False when it is not there.</returns>
    public bool Add(string path) => Libc.AddNotice(_files.Descriptor, path, ChangedOnce) >= 0;

    /// <summary>Takes what was told.</summary>
    /// <returns>Whether a file changed, and whether a device did.</returns>
    public (bool File, bool Device) Take()
    {
        byte* buffer = stackalloc byte[4096];
        return (Drain(_files, buffer), Drain(_devices, buffer));
    }

    public void Dispose()
    {
        _poller.Dispose();
        _files.Dispose();
        _devices.Dispose();
    }

    // Every wake that is not about a change would cost each process that listens.
    private void FilterChanges()
    {
        ulong* program = stackalloc ulong[Instructions]
        {
            Instruction(0x20, 0, 0, 0),
            Instruction(0x15, 0, 1, Change),
            Instruction(0x06, 0, 0, uint.MaxValue),
            Instruction(0x06, 0, 0, 0),
        };

        // struct sock_fprog: how many, and where.
        ulong* filter = stackalloc ulong[2] { Instructions, (ulong)program };
        _ = Checked(Libc.SetOption(_devices.Descriptor, SocketLevel, AttachFilter, filter, 2 * sizeof(ulong)));
    }

    private static ulong Instruction(ushort code, byte yes, byte no, uint value) => code | ((ulong)yes << 16) | ((ulong)no << 24) | ((ulong)value << 32);

    private static bool Drain(FileHandle file, byte* buffer)
    {
        bool any = false;
        while (true)
        {
            nint length = Libc.Read(file.Descriptor, buffer, 4096);
            if (length <= 0 && (length == 0 || (Errno)Marshal.GetLastPInvokeError() is not (Errno.Intr or Errno.NoBufs)))
            {
                return any;
            }

            any = true;
        }
    }

    private static int Checked(int answer) => answer >= 0 ? answer : throw new XenException("look at sizes", null, (Errno)Marshal.GetLastPInvokeError());
}
