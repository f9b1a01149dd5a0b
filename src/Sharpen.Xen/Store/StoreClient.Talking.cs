using System;
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

    /// <summary>Whether something came with an answer, and so shows at no file: <see cref="TryTake"/> tells.</summary>
    public bool HasKept
    {
        get
        {
            lock (_talking)
            {
                return _hasArrived;
            }
        }
    }

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
            while (_events.Count == 0 && (_channel.HasMessage || Waiting.ForInput(_channel.File, TimeSpan.Zero, CancellationToken.None)))
            {
                StoreHeader header = _channel.Receive(out ReadOnlySpan<byte> payload);
                if (header.Type == StoreMessage.WatchEvent)
                {
                    Keep(payload);
                }
            }

            bool any = _events.TryDequeue(out StoreEvent happened);
            TellOfKept();
            return any ? happened : null;
        }
    }

    /// <summary>Sends requests, and waits for the answer to each.</summary>
    internal StoreAnswer[] Exchange(StoreRequests requests)
    {
        lock (_talking)
        {
            StoreAnswer[] answers = new StoreAnswer[requests.Count];
            Span<StoreMessage> types = answers.Length <= 64 ? stackalloc StoreMessage[64] : new StoreMessage[answers.Length];
            uint first = unchecked(_lastRequest + 1);
            _lastRequest = unchecked(_lastRequest + (uint)answers.Length);
            requests.Number(first, types);
            _channel.Send(requests.Bytes);
            for (int rest = answers.Length; rest > 0;)
            {
                StoreHeader head = _channel.Receive(out ReadOnlySpan<byte> data);
                uint index = unchecked(head.Request - first);
                if (head.Type == StoreMessage.WatchEvent)
                {
                    Keep(data);
                }
                else if (index < (uint)answers.Length)
                {
                    answers[index] = head.Type == types[(int)index] ? new StoreAnswer(Errno.None, Tells(head.Type) ? data.ToArray() : []) : new StoreAnswer(Refusal(head.Type, data), []);
                    rest--;
                }
            }

            TellOfKept();
            return answers;
        }
    }

    /// <summary>Says what was refused.</summary>
    internal static XenException Refused(StoreMessage type, ReadOnlySpan<string> parts, Errno error)
    {
        string on = parts.Length > 0 ? parts[0] : "";
        return new XenException(type switch
        {
            StoreMessage.Read => $"read {on} in the store",
            StoreMessage.Write => $"write {on} in the store",
            StoreMessage.MakeDirectory => $"make {on} in the store",
            StoreMessage.Remove => $"remove {on} in the store",
            StoreMessage.Directory or StoreMessage.DirectoryPart => $"list {on} in the store",
            StoreMessage.GetPermissions => $"get the permissions of {on} in the store",
            StoreMessage.SetPermissions => $"set the permissions of {on} in the store",
            StoreMessage.TransactionStart => "begin a transaction of the store",
            StoreMessage.TransactionEnd => "end a transaction of the store",
            StoreMessage.Watch => $"watch {on} in the store",
            StoreMessage.Unwatch => $"unwatch {on} in the store",
            StoreMessage.Introduce => $"introduce domain {on} to the store",
            StoreMessage.Release => $"release domain {on} from the store",
            StoreMessage.Resume => $"resume domain {on} in the store",
            StoreMessage.SetTarget => $"set the target of domain {on} in the store",
            StoreMessage.Control => $"have the store do {string.Join(' ', parts.ToArray())}",
            _ => $"ask the store for domain {on}",
        }, null, error);
    }

    private StoreAnswer Answer(StoreMessage type, uint transaction, ReadOnlySpan<byte> value, params ReadOnlySpan<string> parts)
    {
        lock (_talking)
        {
            _request.Clear();
            return _request.TryAdd(type, transaction, parts, value) ? Exchange(_request)[0] : new StoreAnswer(Errno.TooBig, []);
        }
    }

    // Null when the store refuses for a reason that the asker takes for an answer.
    private byte[]? Talk(StoreMessage type, uint transaction, Errno accepted, ReadOnlySpan<byte> value, params ReadOnlySpan<string> parts)
    {
        StoreAnswer answer = Answer(type, transaction, value, parts);
        return answer.Error == Errno.None ? answer.Data : answer.Error == accepted ? null : throw Refused(type, parts, answer.Error);
    }

    // The others only agree.
    private static bool Tells(StoreMessage type) => type is StoreMessage.Read or StoreMessage.Directory or StoreMessage.DirectoryPart or StoreMessage.GetPermissions
        or StoreMessage.TransactionStart or StoreMessage.GetDomainPath or StoreMessage.IsDomainIntroduced or StoreMessage.Control;

    private static Errno Refusal(StoreMessage type, ReadOnlySpan<byte> data)
    {
        if (type != StoreMessage.Error || data.Length > 64)
        {
            return Errno.BadMsg;
        }

        Span<char> name = stackalloc char[64];
        int length = Encoding.ASCII.GetChars(data.TrimEnd((byte)0), name);
        return ErrnoText.Parse(name[..length]);
    }

    // What came with an answer shows at no file: who waits for an event is told by this one.
    private void TellOfKept()
    {
        bool isKept = _events.Count > 0 || _channel.HasMessage;
        if (isKept != _hasArrived)
        {
            _hasArrived = isKept;
            if (isKept)
            {
                _arrived.Post();
            }
            else
            {
                _arrived.Clear();
            }
        }
    }

    private void Keep(ReadOnlySpan<byte> payload)
    {
        string[] parts = Encoding.UTF8.GetString(payload).Split('\0');
        _events.Enqueue(new StoreEvent(parts[0], parts.Length > 1 ? parts[1] : ""));
    }
}
