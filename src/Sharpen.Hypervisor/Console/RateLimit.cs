using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Console;

/// <summary>A bucket of tokens that fills with time. All zero is a full bucket. Counts what it refuses, so that the loss can be told.</summary>
public struct RateLimit
{
    private ulong _spent;
    private ulong _filledAt;

    /// <summary>How many were refused since the count was last taken.</summary>
    public uint Refused { get; private set; }

    /// <summary>Takes a token if there is one.</summary>
    /// <param name="now">The time, never before that of the last call.</param>
    /// <param name="burst">Tokens in a full bucket.</param>
    /// <param name="interval">The time in which one token comes back.</param>
    public bool Take(Instant now, uint burst, Duration interval)
    {
        ulong back = interval.Nanoseconds == 0 ? _spent : (now.Nanoseconds - System.Math.Min(_filledAt, now.Nanoseconds)) / interval.Nanoseconds;
        if (back >= _spent)
        {
            _spent = 0;
            _filledAt = now.Nanoseconds;
        }
        else
        {
            _spent -= back;
            _filledAt += back * interval.Nanoseconds;
        }

        if (_spent < burst)
        {
            _spent++;
            return true;
        }

        Refused = Refused == uint.MaxValue ? Refused : Refused + 1;
        return false;
    }

    /// <summary>The count of refusals, which starts again from zero.</summary>
    public uint TakeRefused()
    {
        uint count = Refused;
        Refused = 0;
        return count;
    }
}
