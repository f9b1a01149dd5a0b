using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Store;

/// <content>One question at a time, and the events that come between.</content>
public sealed partial class StoreClient
{
    /// <summary>The file to poll for events beside others; when it is readable, <see cref="TryTake"/> tells.</summary>
    public FileHandle Handle => _channel.File;

    /// <summary>Waits for a watch to fire.</summary>
    /// <param name="most">How long; <see cref="Timeout.InfiniteTimeSpan"/>: for ever.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null when the time passed before.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> said so.</exception>
    /// <exception cref="XenException">The store has ended.</exception>
    public StoreEvent? WaitForEvent(TimeSpan most, CancellationToken cancel = default)
    {
        long until = most == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)most.TotalMilliseconds;
        while (true)
        {
            if (TryTake() is { } happened)
            {
                return happened;
            }

            TimeSpan rest = until == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(0, until - Environment.TickCount64));
            if (!Waiting.ForInput(_channel.File, rest, cancel, _arrived))
            {
                return null;
            }
        }
    }

    /// <summary>A watch that fired already; null when none did.</summary>
    public StoreEvent? TryTake()
    {
        lock (_talking)
        {
            while (_events.Count == 0 && Waiting.ForInput(_channel.File, TimeSpan.Zero, CancellationToken.None))
            {
                StoreHeader header = _channel.Receive(out byte[] payload);
                if (header.Type == StoreMessage.WatchEvent)
                {
                    Keep(payload);
                }
            }

            _arrived.Clear();
            bool any = _events.TryDequeue(out StoreEvent happened);
            if (_events.Count > 0)
            {
                _arrived.Post();
            }

            return any ? happened : null;
        }
    }

    private byte[] Talk(StoreMessage type, string operation, uint transaction, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > StoreHeader.MostPayload)
        {
            throw new XenException(operation, null, Errno.TooBig);
        }

        lock (_talking)
        {
            uint request = unchecked(++_lastRequest);
            StoreHeader header = new() { Type = type, Request = request, Transaction = transaction, Length = (uint)payload.Length };
            MemoryMarshal.Write(_message, in header);
            payload.CopyTo(_message.AsSpan(StoreHeader.Size));
            _channel.Send(_message.AsSpan(0, StoreHeader.Size + payload.Length));
            while (true)
            {
                StoreHeader answer = _channel.Receive(out byte[] data);
                if (answer.Type == StoreMessage.WatchEvent)
                {
                    Keep(data);
                    _arrived.Post();
                }
                else if (answer.Request == request)
                {
                    return answer.Type == type ? data : throw new XenException(operation, null, Refusal(answer.Type, data));
                }
            }
        }
    }

    private static Errno Refusal(StoreMessage type, byte[] data) =>
        type == StoreMessage.Error ? ErrnoText.Parse(Encoding.ASCII.GetString(data).TrimEnd('\0')) : Errno.BadMsg;

    private void Keep(byte[] payload)
    {
        string[] parts = Encoding.UTF8.GetString(payload).Split('\0');
        _events.Enqueue(new StoreEvent(parts[0], parts.Length > 1 ? parts[1] : ""));
    }
}
