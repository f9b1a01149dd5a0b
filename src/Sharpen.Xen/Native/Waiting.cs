using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>Waits for files, until a time and until cancelled.</summary>
internal static unsafe class Waiting
{
    /// <summary>Waits until a file can be read.</summary>
    /// <returns>False when the time passed before; <see cref="Timeout.InfiniteTimeSpan"/> never passes.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> said so.</exception>
    internal static bool ForInput(FileHandle file, TimeSpan most, CancellationToken cancel, WakeUp? other = null)
    {
        cancel.ThrowIfCancellationRequested();
        using WakeUp? cancelled = cancel.CanBeCanceled ? new WakeUp() : null;
        using CancellationTokenRegistration registration = cancelled is null ? default : cancel.Register(static wake => ((WakeUp)wake!).Post(), cancelled);
        PollEntry* entries = stackalloc PollEntry[3];
        entries[0] = new PollEntry { File = file.Descriptor, Wanted = Libc.PollIn };
        entries[1] = new PollEntry { File = cancelled?.Descriptor ?? -1, Wanted = Libc.PollIn };
        entries[2] = new PollEntry { File = other?.Descriptor ?? -1, Wanted = Libc.PollIn };
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            int ready = Libc.Poll(entries, 3, Remaining(most, started));
            cancel.ThrowIfCancellationRequested();
            if (ready >= 0)
            {
                return ready > 0;
            }

            Errno error = (Errno)Marshal.GetLastPInvokeError();
            if (error != Errno.Intr)
            {
                throw new XenException("wait", null, error);
            }
        }
    }

    private static int Remaining(TimeSpan most, long started)
    {
        if (most == Timeout.InfiniteTimeSpan)
        {
            return -1;
        }

        double left = (most - Stopwatch.GetElapsedTime(started)).TotalMilliseconds;
        return (int)Math.Clamp(Math.Ceiling(left), 0, int.MaxValue);
    }
}
