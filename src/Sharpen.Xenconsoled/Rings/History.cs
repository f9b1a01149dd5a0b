using System;

namespace Sharpen.Xenconsoled.Rings;

/// <summary>The last bytes that a guest said. Positions count all that it ever said; readers keep their own.</summary>
public sealed class History(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];

    /// <summary>How many bytes it ever said.</summary>
    public long End { get; private set; }

    /// <summary>The position of the oldest byte that is kept.</summary>
    public long Start => Math.Max(0, End - _bytes.Length);

    /// <summary>Adds what it said.</summary>
    public void Add(ReadOnlySpan<byte> said)
    {
        ReadOnlySpan<byte> last = said.Length > _bytes.Length ? said[^_bytes.Length..] : said;
        int at = (int)((End + (said.Length - last.Length)) % _bytes.Length);
        int first = Math.Min(last.Length, _bytes.Length - at);
        last[..first].CopyTo(_bytes.AsSpan(at));
        last[first..].CopyTo(_bytes);
        End += said.Length;
    }

    /// <summary>What follows a position, up to where the memory wraps.</summary>
    /// <param name="position">Moved on to the oldest byte kept when it lies before.</param>
    public ReadOnlySpan<byte> From(ref long position)
    {
        position = Math.Clamp(position, Start, End);
        int at = (int)(position % _bytes.Length);
        return _bytes.AsSpan(at, (int)Math.Min(End - position, _bytes.Length - at));
    }

    /// <summary>Where the last lines begin.</summary>
    /// <param name="bytes">At most so many bytes back.</param>
    public long Tail(int bytes)
    {
        long position = Math.Max(Start, End - bytes);
        if (position == 0)
        {
            return 0;
        }

        for (long at = position; at < End; at++)
        {
            if (_bytes[(int)(at % _bytes.Length)] == (byte)'\n')
            {
                return at + 1;
            }
        }

        return position;
    }
}
