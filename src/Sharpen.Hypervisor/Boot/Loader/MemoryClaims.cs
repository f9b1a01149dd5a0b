using Sharpen.Hypervisor.Boot.Map;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Efi;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Boot.Loader;

/// <summary>The forms in which memory maps arrive.</summary>
internal static class MemoryClaims
{
    private const int E820Bytes = 20;
    private const int EfiBytes = 40;
    private const ulong EfiRuntime = 1UL << 63;
    private const ulong EfiCached = 1UL << 3;
    private const ulong MostEfiPages = 1UL << 18;

    /// <summary>One E820 entry: base, length, type.</summary>
    internal static void AddE820(ref RangeList memory, in ByteFields entry)
    {
        if (entry.Length >= E820Bytes)
        {
            uint type = entry.U32(16);
            memory.AddClaim(entry.U64(0), entry.U64(8), type is >= 1 and <= 5 ? (MemoryKind)type : MemoryKind.Reserved);
        }
    }

    /// <summary>An EFI memory map: descriptors a given number of bytes apart.</summary>
    /// <remarks>Source: UEFI specification, EFI_BOOT_SERVICES.GetMemoryMap and the table "memory type usage after ExitBootServices".</remarks>
    internal static void AddEfi(ref RangeList memory, in ByteFields map, uint stride)
    {
        if (stride < EfiBytes || stride > (uint)map.Length)
        {
            return;
        }

        for (int at = 0; map.Has(at, EfiBytes); at += (int)stride)
        {
            ulong pages = map.U64(at + 24);
            ulong bytes = pages > ulong.MaxValue >> PageSize.Shift ? ulong.MaxValue : pages << PageSize.Shift;
            bool isRuntime = (map.U64(at + 32) & EfiRuntime) != 0;
            memory.AddClaim(map.U64(at + 8), bytes, isRuntime ? MemoryKind.Reserved : KindOfEfi(map.U32(at)));
            if (at > int.MaxValue - (int)stride)
            {
                return;
            }
        }
    }

    /// <summary>Of an EFI memory map what its services use while an operating system runs.</summary>
    internal static void AddEfiServices(ref BootInformation boot, in ByteFields map, uint stride)
    {
        if (stride < EfiBytes || stride > (uint)map.Length)
        {
            return;
        }

        for (int at = 0; map.Has(at, EfiBytes); at += (int)stride)
        {
            ulong attributes = map.U64(at + 32);
            ulong pages = map.U64(at + 24);
            if ((attributes & EfiRuntime) != 0 && pages != 0 && pages <= MostEfiPages)
            {
                boot.AddEfiRange(new EfiRange(new FrameRange(new Mfn(map.U64(at + 8) >> PageSize.Shift), pages), (attributes & EfiCached) != 0));
            }

            if (at > int.MaxValue - (int)stride)
            {
                return;
            }
        }
    }

    /// <summary>The oldest form: KiB below 640 KiB and KiB from 1 MiB on.</summary>
    internal static void AddBasic(ref RangeList memory, uint lowerKib, uint upperKib)
    {
        memory.AddClaim(0, System.Math.Min(lowerKib, 640) * 1024UL, MemoryKind.Ram);
        memory.AddClaim(1UL << 20, upperKib * 1024UL, MemoryKind.Ram);
    }

    private static MemoryKind KindOfEfi(uint type) => type switch
    {
        1 or 2 or 3 or 4 or 7 => MemoryKind.Ram,                 // loader code and data, boot services code and data, conventional
        8 => MemoryKind.Unusable,
        9 => MemoryKind.AcpiReclaimable,
        10 => MemoryKind.AcpiNonVolatile,
        _ => MemoryKind.Reserved,
    };
}
