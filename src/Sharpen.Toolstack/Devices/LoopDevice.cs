using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sharpen.Toolstack.Devices;

/// <summary>The kernel's loop devices: a file as a block device. Source: loop(4), <c>linux/loop.h</c>.</summary>
public static class LoopDevice
{
    private const string Control = "/dev/loop-control";
    private const nuint GetFree = 0x4c82;
    private const nuint Configure = 0x4c0a;
    private const nuint Clear = 0x4c01;
    private const nuint GetStatus = 0x4c05;
    private const nuint SetCapacity = 0x4c07;
    private const uint ReadOnly = 1;
    private const uint AutoClear = 4;
    private const int Attempts = 64;
    private const int Busy = 16;

    /// <summary>Puts a file behind a free device, until nobody has the device open any more.</summary>
    /// <param name="holder">Keeps it open: dispose it when somebody else does.</param>
    /// <returns>The device.</returns>
    /// <exception cref="DeviceException">It cannot be done.</exception>
    public static string Attach(string path, bool readOnly, out SafeFileHandle holder)
    {
        try
        {
            using var control = File.OpenHandle(Control, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            using var file = File.OpenHandle(path, FileMode.Open, readOnly ? FileAccess.Read : FileAccess.ReadWrite, FileShare.ReadWrite);
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                int number = Native.Ioctl(control, GetFree, 0);
                if (number < 0)
                {
                    throw new DeviceException($"no loop device is free for {path}: {Marshal.GetLastPInvokeErrorMessage()}");
                }

                string device = $"/dev/loop{number}";
                if (TryConfigure(device, file, path, readOnly) is { } opened)
                {
                    holder = opened;
                    return device;
                }
            }

            throw new DeviceException($"others take every free loop device before it can be used for {path}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException($"cannot put {path} behind a loop device: {exception.Message}; is the kernel module 'loop' there?", exception);
        }
    }

    /// <summary>Takes the file from a device that does not do so by itself when nobody has it open any more.</summary>
    /// <param name="path">The file: a device with another one is somebody else's by now.</param>
    public static void Detach(string device, string path)
    {
        string facts = $"/sys/block/{Path.GetFileName(device)}/loop";
        if (Fact($"{facts}/autoclear") != "0" || Fact($"{facts}/backing_file") != path)
        {
            return;
        }

        using var handle = File.OpenHandle(device, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        _ = Native.Ioctl(handle, Clear, 0);
    }

    // What the kernel says of a device; null where it has no file, which can be so from one look to the next.
    private static string? Fact(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\n');
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The file behind a device; empty when it is no loop device, or has none.</summary>
    public static string FileOf(string device) =>
        device.StartsWith("/dev/loop", StringComparison.Ordinal) ? Fact($"/sys/block/{Path.GetFileName(device)}/loop/backing_file") ?? "" : "";

    /// <summary>What a device shows of its file.</summary>
    /// <returns>False when it has none, or is not there.</returns>
    internal static bool TryStatus(string device, out LoopStatus status)
    {
        status = default;
        try
        {
            using var handle = File.OpenHandle(device, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Native.Ioctl(handle, GetStatus, ref status) >= 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Tells a device that its file has grown.</summary>
    public static void Refresh(string device)
    {
        using var handle = File.OpenHandle(device, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (Native.Ioctl(handle, SetCapacity, 0) < 0)
        {
            throw new DeviceException($"{device} does not take over the size of its file: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    // Null: somebody else was faster.
    private static SafeFileHandle? TryConfigure(string device, SafeFileHandle file, string path, bool readOnly)
    {
        var handle = File.OpenHandle(device, FileMode.Open, readOnly ? FileAccess.Read : FileAccess.ReadWrite, FileShare.ReadWrite);
        var settings = new LoopSettings { File = (uint)file.DangerousGetHandle(), Flags = AutoClear | (readOnly ? ReadOnly : 0) };
        settings.SetName(path);
        if (Native.Ioctl(handle, Configure, ref settings) >= 0)
        {
            return handle;
        }

        int error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        return error == Busy ? null : throw new DeviceException($"cannot put {path} behind {device}: {Marshal.GetPInvokeErrorMessage(error)}");
    }
}
