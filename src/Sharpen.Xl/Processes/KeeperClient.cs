using System;
using Sharpen.Xen.Native;

namespace Sharpen.Xl.Processes;

/// <summary>An xl that talks to the <see cref="Keeper"/>.</summary>
/// <param name="stream">Its connection.</param>
public sealed class KeeperClient(ByteStream stream) : IDisposable
{
    private readonly byte[] _buffer = new byte[2 * KeeperMessage.Most];
    private int _filled;

    /// <summary>The connection, to poll.</summary>
    public FileHandle Handle => stream.Handle;

    /// <summary>What it began and did not end.</summary>
    public KeeperMessage? Begun { get; private set; }

    /// <summary>Takes what it said.</summary>
    /// <param name="isOver">It has ended, or says what nobody understands.</param>
    /// <returns>Null when there is no more now.</returns>
    public KeeperMessage? Take(out bool isOver)
    {
        isOver = false;
        while (true)
        {
            var message = KeeperMessage.Read(_buffer.AsSpan(0, _filled), out int taken);
            if (taken > 0)
            {
                _buffer.AsSpan(taken, _filled - taken).CopyTo(_buffer);
                _filled -= taken;
                Begun = message.Word == KeeperWord.Begin ? message : null;
                return message;
            }

            int count = taken < 0 ? 0 : stream.Read(_buffer.AsSpan(_filled));
            if (count <= 0)
            {
                isOver = count == 0;
                return null;
            }

            _filled += count;
        }
    }

    public void Dispose() => stream.Dispose();
}
