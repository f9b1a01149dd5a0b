using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Boot.Loader;

/// <summary>Reads the information tags of Multiboot 2.</summary>
/// <remarks>Source: Multiboot2 Specification version 2.0, "Boot information format".</remarks>
public static class Multiboot2
{
    /// <summary>What the loader leaves in EAX.</summary>
    public const uint Magic = 0x36d76289;

    private const int MaxBytes = 1 << 20;
    private const int MaxTags = 4096;
    private const int TagHead = 8;

    private const uint TagEnd = 0;
    private const uint TagCommandLine = 1;
    private const uint TagLoaderName = 2;
    private const uint TagModule = 3;
    private const uint TagBasicMemory = 4;
    private const uint TagMemoryMap = 6;
    private const uint TagScreen = 8;
    private const uint TagEfiSystemTable64 = 12;
    private const uint TagRsdp1 = 14;
    private const uint TagRsdp2 = 15;
    private const uint TagEfiMemoryMap = 17;

    /// <summary>Copies what is there. False when the structure cannot be read at all.</summary>
    public static bool Read(MachineAddress address, ref BootInformation boot)
    {
        uint total = new ByteFields(FirmwareMemory.Read(address, TagHead)).U32(0);
        ByteFields tags = new(total is < TagHead or > MaxBytes ? default : FirmwareMemory.Read(address, (int)total));
        if (tags.Length == 0)
        {
            return false;
        }

        boot.Protocol = BootProtocol.Multiboot2;
        ByteFields basic = default;
        ByteFields efi = default;
        int at = TagHead;
        for (int i = 0; i < MaxTags && tags.Has(at, TagHead) && tags.U32(at) != TagEnd; i++)
        {
            uint size = tags.U32(at + 4);
            if (size < TagHead || size > (uint)(tags.Length - at))
            {
                boot.Lost++;
                break;
            }

            ByteFields tag = tags.Part(at, (int)size);
            basic = tag.U32(0) == TagBasicMemory ? tag : basic;
            efi = tag.U32(0) == TagEfiMemoryMap ? tag : efi;
            ReadTag(in tag, ref boot);
            at += ((int)size + 7) & ~7;
        }

        Complete(in efi, in basic, ref boot);
        return true;
    }

    private static void ReadTag(in ByteFields tag, ref BootInformation boot)
    {
        switch (tag.U32(0))
        {
            case TagCommandLine:
                boot.CommandLine = boot.AddText(tag.From(TagHead).Bytes);
                break;
            case TagLoaderName:
                boot.LoaderName = boot.AddText(tag.From(TagHead).Bytes);
                break;
            case TagModule:
                boot.AddModule(tag.U32(8), tag.U32(12), boot.AddText(tag.From(16).Bytes));
                break;
            case TagMemoryMap:
                ReadMap(in tag, ref boot);
                break;
            case TagScreen:
                boot.Screen = new BootScreen(
                    ScreenKinds.FromMultiboot(tag.U8(29)), new MachineAddress(tag.U64(8)), tag.U32(16), tag.U32(20), tag.U32(24), tag.U8(28));
                break;
            case TagEfiSystemTable64:
                boot.EfiSystemTable = new MachineAddress(tag.U64(8));
                break;
            case TagRsdp1 or TagRsdp2:
                boot.SetRsdp(tag.From(TagHead).Bytes);
                break;
            default:
                break;
        }
    }

    private static void ReadMap(in ByteFields tag, ref BootInformation boot)
    {
        uint stride = tag.U32(8);
        if (stride < 20 || stride > (uint)tag.Length)
        {
            boot.Lost++;
            return;
        }

        for (int at = 16; tag.Has(at, 20); at += (int)stride)
        {
            MemoryClaims.AddE820(ref boot.Memory, tag.Part(at, 20));
        }
    }

    /// <summary>The loader's own map is best; EFI's is next; the two basic numbers are better than nothing.</summary>
    private static void Complete(in ByteFields efi, in ByteFields basic, ref BootInformation boot)
    {
        if (boot.Memory.Count == 0 && efi.Length != 0)
        {
            MemoryClaims.AddEfi(ref boot.Memory, efi.From(16), efi.U32(8));
        }

        if (efi.Length != 0)
        {
            MemoryClaims.AddEfiServices(ref boot, efi.From(16), efi.U32(8));
        }

        if (boot.Memory.Count == 0 && basic.Length != 0)
        {
            MemoryClaims.AddBasic(ref boot.Memory, basic.U32(8), basic.U32(12));
        }
    }
}
