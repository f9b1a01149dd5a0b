namespace Sharpen.Xenconsoled.Rings;

/// <summary>How often a guest is heard in a period; a guest that rings more often waits for the next one.</summary>
/// <param name="allowance">Times in a period.</param>
/// <param name="period">Milliseconds.</param>
public sealed class RateLimit(int allowance, long period)
{
    private long _start = long.MinValue;
    private int _used;

    /// <summary>Until when the guest waits; meaningful after a refusal.</summary>
    public long Until => _start + period;

    /// <summary>Whether it is heard once more.</summary>
    /// <param name="now">Milliseconds of a clock that never goes back.</param>
    public bool Allow(long now)
    {
        if (_start == long.MinValue || now - _start >= period)
        {
            _start = now;
            _used = 0;
        }

        return ++_used <= allowance;
    }
}
