using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Sharpen.Toolstack.Building;

/// <summary>The legacy frame of LZ4, which Linux uses: a magic number, then blocks of at most 8 MiB unpacked, each behind its packed
/// size. Source: LZ4 frame and block format descriptions.</summary>
public sealed class Lz4LegacyStream(ReadOnlyMemory<byte> packed) : Stream
{
    private const int BlockBytes = 8 << 20;
    private const uint Magic = 0x184c2102;
    private byte[] _block = [];
    private int _position;
    private int _length;
    private int _at = 4;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position == _length && !Next())
        {
            return 0;
        }

        int taken = Math.Min(count, _length - _position);
        _block.AsSpan(_position, taken).CopyTo(buffer.AsSpan(offset, taken));
        _position += taken;
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // What is too short for a block, or says more than there is, is not one: Linux has the unpacked size there.
    private bool Next()
    {
        while (packed.Length - _at >= 4)
        {
            uint size = MemoryMarshal.Read<uint>(packed.Span[_at..]);
            if (size == Magic)
            {
                _at += 4;
                continue;
            }

            if (size == 0 || size > (uint)(packed.Length - _at - 4))
            {
                return false;
            }

            _block = _block.Length == 0 ? new byte[BlockBytes] : _block;
            _length = Unpack(packed.Span.Slice(_at + 4, (int)size), _block);
            _position = 0;
            _at += 4 + (int)size;
            return _length > 0;
        }

        return false;
    }

    private static int Unpack(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int length = 0;
        for (int at = 0; at < source.Length;)
        {
            int token = source[at++];
            int literals = Count(source, ref at, token >> 4);
            source.Slice(at, literals).CopyTo(target[length..]);
            at += literals;
            length += literals;
            if (at >= source.Length)
            {
                break;
            }

            int distance = source[at] | (source[at + 1] << 8);
            at += 2;
            int match = Count(source, ref at, token & 15) + 4;
            if (distance == 0 || distance > length || match > target.Length - length)
            {
                throw new InvalidDataException("a match points outside");
            }

            // The match may run into what it copies: byte by byte.
            for (int i = 0; i < match; i++, length++)
            {
                target[length] = target[length - distance];
            }
        }

        return length;
    }

    private static int Count(ReadOnlySpan<byte> source, ref int at, int count)
    {
        if (count < 15)
        {
            return count;
        }

        byte more;
        do
        {
            more = source[at++];
            count += more;
        }
        while (more == 255 && count < BlockBytes);
        return count;
    }
}
