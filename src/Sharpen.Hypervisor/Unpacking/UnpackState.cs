using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>What the unpackers need besides their input and output, and no stack could hold. One CPU at a time: kernels are unpacked as the host comes up.</summary>
internal struct UnpackState
{
    internal LzmaModel Lzma;
    internal Huffman Literals;
    internal Huffman Distances;
    internal Fixed512<byte> CodeLengths;
    internal ZstdModel Zstd;
    internal Crc32Tables Crc32;
    internal Crc64Tables Crc64;
}
