using System.Threading;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Events;

/// <summary>
/// The FIFO ABI: a raised port is linked into the queue of its vCPU and urgency; the guest takes ports from the head. Words, heads and ready
/// bits are the guest's to write at any time, so nothing read there is used as an index, and each operation takes a bounded number of
/// steps: a guest that plays with them loses events of its own. Source: <c>event_channel.h</c>, "FIFO ABI".
/// </summary>
/// <remarks>All under the domain's event lock, so that the hypervisor links one port at a time.</remarks>
public static class EventFifo
{
    private const int FriendlyAttempts = 4;
    private const int Attempts = 16;

    /// <summary>Makes a port pending. True when the vCPU is to be notified.</summary>
    /// <param name="words">The domain's words.</param>
    /// <param name="queues">Those of the vCPU that the port notifies.</param>
    /// <param name="last">Those of the vCPU that it notified when it was last linked.</param>
    /// <param name="port">Its number.</param>
    /// <param name="bound">What is known of it.</param>
    public static bool Raise(ref EventArray words, ref EventQueues queues, ref EventQueues last, uint port, ref EventPort bound)
    {
        ref uint word = ref words.Find(port);
        if (Refs.IsNull(ref word))
        {
            bound.IsWordless = true;
            return false;
        }

        uint was = Interlocked.Or(ref word, EventWord.Pending);
        if ((was & (EventWord.Masked | EventWord.Linked)) != 0 || !queues.Exist)
        {
            return false;
        }

        if ((Interlocked.Or(ref word, EventWord.Linked) & EventWord.Linked) != 0)
        {
            return false;
        }

        // It is not linked, so the guest has taken it: as the tail of whatever queue, it ends there.
        ref uint lastTail = ref last.Tail(bound.LastPriority);
        if (lastTail == port)
        {
            lastTail = 0;
        }

        ref uint tail = ref queues.Tail(bound.Priority);
        bool isBehind = tail != 0 && TryLinkBehind(ref words.Find(tail), port);
        tail = port;
        bound.LastPriority = bound.Priority;
        bound.LastVcpu = bound.Vcpu;
        return !isBehind && queues.TryBeginQueue(bound.Priority, port);
    }

    /// <summary>Clears a port's mask. True when it is pending, and so to be raised again.</summary>
    public static bool Unmask(ref EventArray words, uint port)
    {
        ref uint word = ref words.Find(port);
        return !Refs.IsNull(ref word) && (Interlocked.And(ref word, ~EventWord.Masked) & EventWord.Pending) != 0;
    }

    /// <summary>Forgets that a port is pending: it is being closed. It stays in its queue.</summary>
    public static void Clear(ref EventArray words, uint port)
    {
        ref uint word = ref words.Find(port);
        if (!Refs.IsNull(ref word))
        {
            Interlocked.And(ref word, ~EventWord.Pending);
        }
    }

    /// <summary>True while the guest has not taken the event.</summary>
    public static bool IsPending(ref EventArray words, uint port) => Has(ref words, port, EventWord.Pending);

    /// <summary>True while a port is in a queue: its number must not be given to another.</summary>
    public static bool IsLinked(ref EventArray words, uint port) => Has(ref words, port, EventWord.Linked);

    private static bool Has(ref EventArray words, uint port, uint bit)
    {
        ref uint word = ref words.Find(port);
        return !Refs.IsNull(ref word) && (Volatile.Read(ref word) & bit) != 0;
    }

    // False when the guest has taken the tail meanwhile: then the queue is empty. After a few collisions the word is marked busy, which a
    // guest that keeps to the ABI respects; one that does not loses the rest of its queue.
    private static bool TryLinkBehind(ref uint tail, uint port)
    {
        if (Refs.IsNull(ref tail))
        {
            return false;
        }

        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            uint seen = Volatile.Read(ref tail);
            if ((seen & EventWord.Linked) == 0)
            {
                break;
            }

            uint next = (seen & ~(EventWord.Busy | EventWord.Link)) | port;
            if (Interlocked.CompareExchange(ref tail, next, seen) == seen)
            {
                return true;
            }

            if (attempt == FriendlyAttempts)
            {
                Interlocked.Or(ref tail, EventWord.Busy);
            }
        }

        Interlocked.And(ref tail, ~EventWord.Busy);
        return false;
    }
}
