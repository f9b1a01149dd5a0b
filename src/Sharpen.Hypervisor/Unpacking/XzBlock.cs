namespace Sharpen.Hypervisor.Unpacking;

/// <summary>The header of a block of an .xz file: how it was packed.</summary>
internal struct XzBlock
{
    private const int SmallestHeader = 8;
    private const byte LastFilter = 3;
    private const byte Reserved = 0x3c;
    private const byte HasPacked = 0x40;
    private const byte HasUnpacked = 0x80;
    private const ulong X86Filter = 4;
    private const ulong Lzma2Filter = 0x21;
    private const byte LargestDictionary = 40;

    /// <summary>Bytes of packed data, or the largest number when it is not said.</summary>
    internal ulong Packed { get; private set; }

    /// <summary>The same for the unpacked data.</summary>
    internal ulong Unpacked { get; private set; }

    /// <summary>True when branches were made absolute before packing.</summary>
    internal bool IsFiltered { get; private set; }

    /// <summary>The address that the filter gave the first byte.</summary>
    internal uint FilterStart { get; private set; }

    /// <summary>Reads the header at the reader's position, which its size byte begins.</summary>
    internal static UnpackFault Read(ref Crc32Tables crc, ref XzReader reader, out XzBlock block)
    {
        block = new XzBlock { Packed = ulong.MaxValue, Unpacked = ulong.MaxValue };
        int start = reader.Position;
        int bytes = (reader.TakeByte() + 1) * 4;
        byte flags = reader.TakeByte();
        if (reader.Rest.Length < bytes - 2)
        {
            return UnpackFault.Truncated;
        }

        XzReader whole = reader;
        whole.Skip(bytes - 2 - sizeof(uint));
        if (bytes < SmallestHeader || crc.Of(whole.Since(start)) != whole.TakeWord())
        {
            return UnpackFault.BadCheck;
        }

        if ((flags & Reserved) != 0 || (flags & LastFilter) > 1)
        {
            return UnpackFault.Unsupported;
        }

        block.Packed = (flags & HasPacked) != 0 ? reader.TakeVariable() : ulong.MaxValue;
        block.Unpacked = (flags & HasUnpacked) != 0 ? reader.TakeVariable() : ulong.MaxValue;
        bool isKnown = ((flags & LastFilter) == 0 || block.TakeBranchFilter(ref reader)) && TakeLzma2(ref reader);
        if (!isKnown)
        {
            return UnpackFault.Unsupported;
        }

        int padding = bytes - sizeof(uint) - (reader.Position - start);
        for (; padding > 0 && reader.TakeByte() == 0; padding--)
        {
        }

        reader = whole;
        return padding == 0 && whole.IsSane ? UnpackFault.None : UnpackFault.BadHeader;
    }

    private static bool TakeLzma2(ref XzReader reader) =>
        reader.TakeVariable() == Lzma2Filter && reader.TakeVariable() == 1 && reader.TakeByte() <= LargestDictionary;

    private bool TakeBranchFilter(ref XzReader reader)
    {
        if (reader.TakeVariable() != X86Filter)
        {
            return false;
        }

        IsFiltered = true;
        ulong bytes = reader.TakeVariable();
        FilterStart = bytes == sizeof(uint) ? reader.TakeWord() : 0;
        return bytes is 0 or sizeof(uint);
    }
}
