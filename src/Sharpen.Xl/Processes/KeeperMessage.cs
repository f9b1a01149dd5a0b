using System;
using System.Buffers.Binary;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Xl.Processes;

/// <summary>What an xl says to the <see cref="Keeper"/> about a domain.</summary>
/// <param name="Word">What.</param>
/// <param name="Domain">Its number; <see cref="DomainId.Invalid"/> when there is none yet.</param>
/// <param name="Uuid">Its UUID.</param>
/// <param name="Name">Its name, which is in the name of its log.</param>
public readonly record struct KeeperMessage(KeeperWord Word, DomainId Domain, Guid Uuid, string Name)
{
    /// <summary>Bytes of the longest.</summary>
    public const int Most = HeadBytes + MostName;

    // The word, the domain's number, the bytes of its name, its UUID.
    private const int HeadBytes = 21;
    private const int MostName = 512;

    /// <summary>As it is sent.</summary>
    public byte[] ToBytes()
    {
        byte[] name = Encoding.UTF8.GetBytes(Name);
        int length = Math.Min(name.Length, MostName);
        byte[] bytes = new byte[HeadBytes + length];
        bytes[0] = (byte)Word;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(1), Domain.Value);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(3), (ushort)length);
        Uuid.TryWriteBytes(bytes.AsSpan(5));
        name.AsSpan(0, length).CopyTo(bytes.AsSpan(HeadBytes));
        return bytes;
    }

    /// <summary>Reads the first message of what came.</summary>
    /// <param name="taken">Its bytes; 0: it is not complete; -1: it is none.</param>
    public static KeeperMessage Read(ReadOnlySpan<byte> bytes, out int taken)
    {
        taken = 0;
        if (bytes.Length < HeadBytes)
        {
            return default;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[3..]);
        var word = (KeeperWord)bytes[0];
        if (length > MostName || word is not (KeeperWord.Begin or KeeperWord.Keep or KeeperWord.Leave or KeeperWord.Disks))
        {
            taken = -1;
            return default;
        }

        if (bytes.Length < HeadBytes + length)
        {
            return default;
        }

        taken = HeadBytes + length;
        return new KeeperMessage(word, new DomainId(BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..])), new Guid(bytes[5..HeadBytes]),
            Encoding.UTF8.GetString(bytes[HeadBytes..taken]));
    }
}
