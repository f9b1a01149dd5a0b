using System;
using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Unpacking;

/// <summary>
/// A Linux kernel as distributions install it: boot sectors, a stub that unpacks, and the packed kernel, an ELF file. We take the last.
/// </summary>
/// <remarks>Source: Linux, Documentation/arch/x86/boot.rst; the payload's place is there since version 2.08 of the protocol.</remarks>
internal static class BzImage
{
    private const int SetupSectors = 0x1f1;
    private const int BootFlag = 0x1fe;
    private const int Signature = 0x202;
    private const int Version = 0x206;
    private const int PayloadOffset = 0x248;
    private const int PayloadLength = 0x24c;
    private const int SectorBytes = 512;
    private const ushort FirstWithPayload = 0x208;

    /// <summary>True when the file has the boot protocol's marks.</summary>
    internal static bool Is(ReadOnlySpan<byte> file)
    {
        ByteFields fields = new(file);
        return fields.U16(BootFlag) == 0xaa55 && fields.U32(Signature) == 0x53726448;       // "HdrS"
    }

    /// <summary>The packed kernel, with what follows its stream. <see cref="UnpackFault.Unsupported"/>: the file is too old to tell.</summary>
    internal static bool TryFind(ReadOnlySpan<byte> file, out ReadOnlySpan<byte> payload, out UnpackFault fault)
    {
        ByteFields fields = new(file);
        payload = default;
        if (!fields.Has(PayloadLength, sizeof(uint)) || fields.U16(Version) < FirstWithPayload)
        {
            fault = UnpackFault.Unsupported;
            return false;
        }

        int sectors = fields.U8(SetupSectors) == 0 ? 4 : fields.U8(SetupSectors);
        ulong start = ((ulong)(uint)(sectors + 1) * SectorBytes) + fields.U32(PayloadOffset);
        ulong length = fields.U32(PayloadLength);
        if (start > (ulong)file.Length || length > (ulong)file.Length - start)
        {
            fault = UnpackFault.Truncated;
            return false;
        }

        payload = file.Slice((int)start, (int)length);
        fault = UnpackFault.None;
        return true;
    }
}
