using System;
using System.Diagnostics.CodeAnalysis;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Topology;

/// <summary>What a CPU is, by its own words.</summary>
/// <remarks>Sources: Intel SDM and AMD APM volume 3, CPUID leaves 0, 1, 0x80000002 to 4.</remarks>
public struct CpuVersion
{
    /// <summary>Bytes of a vendor's name.</summary>
    public const int VendorBytes = 12;

    private const int BrandBytes = 48;
    private const uint FirstBrand = 0x8000_0002;
    private const uint LastBrand = 0x8000_0004;
    private const uint Extended = 0x8000_0000;
    private const uint AmdFirstWord = 0x6874_7541;
    private const uint IntelFirstWord = 0x756e_6547;

    private Fixed64<byte> _brand;
    private Fixed16<byte> _vendor;

    /// <summary>The highest basic leaf.</summary>
    public int HighestLeaf { get; private set; }

    /// <summary>The vendor's number: 0 Intel, 2 AMD, 255 another.</summary>
    public uint Vendor { get; private set; }

    /// <summary>The family, extended.</summary>
    public uint Family { get; private set; }

    /// <summary>The model, extended.</summary>
    public uint Model { get; private set; }

    /// <summary>The stepping.</summary>
    public uint Stepping { get; private set; }

    /// <summary>The vendor's name.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> VendorName => _vendor.ReadOnly.Slice(0, VendorBytes);

    /// <summary>What the CPU calls itself, zero-padded.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Brand => _brand.ReadOnly.Slice(0, BrandBytes);

    /// <summary>The one that asks; others of a host are alike.</summary>
    public static CpuVersion OfHost
    {
        get
        {
            Cpuid basic = Cpuid.Query(0);
            Cpuid first = Cpuid.Query(1);
            uint family = (first.Eax >> 8) & 15;
            CpuVersion version = new()
            {
                HighestLeaf = (int)(basic.Eax & int.MaxValue),
                Vendor = basic.Ebx switch { IntelFirstWord => 0, AmdFirstWord => 2, _ => 255 },
                Family = family == 15 ? 15 + ((first.Eax >> 20) & 0xff) : family,
                Model = ((first.Eax >> 4) & 15) | (family is 6 or 15 ? (first.Eax >> 12) & 0xf0 : 0),
                Stepping = first.Eax & 15,
            };
            Put(version._vendor.Span, 0, basic.Ebx);
            Put(version._vendor.Span, 4, basic.Edx);
            Put(version._vendor.Span, 8, basic.Ecx);
            version.ReadBrand();
            return version;
        }
    }

    private void ReadBrand()
    {
        for (uint leaf = FirstBrand; leaf <= LastBrand && Cpuid.Query(Extended).Eax >= LastBrand; leaf++)
        {
            Cpuid part = Cpuid.Query(leaf);
            int at = (int)(leaf - FirstBrand) * 16;
            Put(_brand.Span, at, part.Eax);
            Put(_brand.Span, at + 4, part.Ebx);
            Put(_brand.Span, at + 8, part.Ecx);
            Put(_brand.Span, at + 12, part.Edx);
        }
    }

    private static void Put(Span<byte> bytes, int at, uint value)
    {
        for (int index = 0; index < 4; index++)
        {
            bytes[at + index] = (byte)((value >> (8 * index)) & 0xff);
        }
    }
}
