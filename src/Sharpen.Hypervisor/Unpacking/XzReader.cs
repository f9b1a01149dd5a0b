using System;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>Takes fields of an .xz file one after the other. A field beyond the end reads as zero and spoils <see cref="IsWhole"/>.</summary>
internal ref struct XzReader
{
    private const int MostVariableBytes = 9;

    private readonly ByteFields _file;

    internal XzReader(ReadOnlySpan<byte> file) => _file = new ByteFields(file);

    /// <summary>Where the next field begins.</summary>
    internal int Position { get; private set; }

    /// <summary>False once something was taken that is not there.</summary>
    internal bool IsWhole { get; private set; } = true;

    /// <summary>False once a number was longer than numbers are, or what must be zero was not.</summary>
    internal bool IsSane { get; private set; } = true;

    /// <summary>Everything from the position on.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _file.Bytes.Slice(Position);

    /// <summary>What lies between a place and the position.</summary>
    internal readonly ReadOnlySpan<byte> Since(int start) => _file.Bytes.Slice(start, Position - start);

    internal byte TakeByte()
    {
        byte value = _file.U8(Position);
        Skip(1);
        return value;
    }

    internal uint TakeWord()
    {
        uint value = _file.U32(Position);
        Skip(sizeof(uint));
        return value;
    }

    internal ulong TakeLong()
    {
        ulong value = _file.U64(Position);
        Skip(sizeof(ulong));
        return value;
    }

    /// <summary>Seven bits a byte, the lowest first; no byte more than needed.</summary>
    internal ulong TakeVariable()
    {
        ulong value = 0;
        for (int count = 0; count < MostVariableBytes; count++)
        {
            byte part = TakeByte();
            value |= (ulong)(part & 0x7fu) << (7 * count);
            if ((part & 0x80) == 0)
            {
                IsSane &= part != 0 || count == 0;
                return value;
            }
        }

        IsSane = false;
        return 0;
    }

    /// <summary>Zeros up to the next multiple of four from a place on.</summary>
    internal void TakePadding(int start)
    {
        while (((Position - start) & 3) != 0 && IsWhole)
        {
            IsSane &= TakeByte() == 0;
        }
    }

    /// <summary>Goes forward; to the end, if that is nearer.</summary>
    internal void Skip(int bytes)
    {
        IsWhole &= _file.Has(Position, bytes);
        Position += Math.Clamp(bytes, 0, _file.Length - Position);
    }
}
