using System;
using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Guest;

/// <summary>A guest's x87, SSE and AVX state, kept in a frame of its own by XSAVE where there is one, else by FXSAVE.</summary>
/// <remarks>C# uses xmm0 and xmm8, so the stubs keep the guest's values of those in the CPU's block while we run.</remarks>
public static unsafe class VectorState
{
    private const int ControlWord = 0;
    private const int Mxcsr = 24;
    private const uint KnownMxcsr = 0xffbf;
    private const ulong LegacyFeatures = 3;
    private const ulong X87 = 1;
    private const ulong Sse = 2;
    private const ulong Avx = 4;
    private const ulong Osxsave = 1 << 18;
    private const ulong WantedFeatures = 7;
    private const uint AvxPart = 2;
    private const uint LegacyAndHeader = 0x240;

    private struct State
    {
        internal ulong Mask;
    }

    /// <summary>Switches XSAVE on, on this CPU, for the features that both we and it know.</summary>
    public static void Enable()
    {
        if (!CpuFeatures.Host.XSave)
        {
            return;
        }

        Instructions.WriteCr4(Instructions.ReadCr4() | Osxsave);
        ulong mask = Cpuid.Query(0xd).Eax & WantedFeatures;
        Instructions.WriteXcr0(mask);
        CpuBlock.Current->Xcr0 = mask;
        Root.Of<State>().Mask = mask;
    }

    /// <summary>All that a guest may switch on; 0 where there is no XSAVE.</summary>
    internal static ulong Features => Root.Of<State>().Mask;

    /// <summary>What XCR0 is at first: x87 and SSE, as Debian's Xen 4.17 has it; 0 where there is none.</summary>
    internal static ulong FirstFeatures => Root.Of<State>().Mask & (X87 | Sse);

    /// <summary>True for a set of features that a guest may switch on: known here, x87 among them, AVX only with SSE.</summary>
    internal static bool MayHave(ulong features)
    {
        bool hasParents = (features & X87) != 0 && ((features & Avx) == 0 || (features & Sse) != 0);
        return hasParents && (features & ~Root.Of<State>().Mask) == 0;
    }

    /// <summary>Makes XCR0 hold these, if it does not.</summary>
    internal static void LoadFeatures(ulong features)
    {
        CpuBlock* block = CpuBlock.Current;
        if (block->Xcr0 != features)
        {
            block->Xcr0 = features;
            Instructions.WriteXcr0(features);
        }
    }

    internal static void Reset(Mfn frame)
    {
        byte* area = DirectMap.Pointer(frame.Start);
        Instructions.ClearPage(area);
        *(ushort*)(area + ControlWord) = 0x37f;
        *(uint*)(area + Mxcsr) = 0x1f80;
    }

    /// <summary>Takes over an image from a guest, with the bits of MXCSR cleared that would fault when it is loaded.</summary>
    internal static void Import(Mfn frame, in Bytes512 image)
    {
        byte* area = DirectMap.Pointer(frame.Start);
        *(Bytes512*)area = image;
        *(uint*)(area + Mxcsr) &= KnownMxcsr;
        *(ulong*)(area + sizeof(Bytes512)) = Root.Of<State>().Mask & LegacyFeatures;
    }

    /// <summary>How much of a frame these features take, as XSAVE lays them out; 0 where there is no XSAVE.</summary>
    internal static int BytesOf(ulong features)
    {
        if (Root.Of<State>().Mask == 0)
        {
            return 0;
        }

        Cpuid avx = (features & Root.Of<State>().Mask & Avx) != 0 ? Cpuid.Query(0xd, AvxPart) : default;
        return (int)Math.Max(LegacyAndHeader, unchecked(avx.Eax + avx.Ebx));
    }

    /// <summary>Copies the beginning of the area.</summary>
    internal static void ExportArea(Mfn frame, Span<byte> area) => new ReadOnlySpan<byte>(DirectMap.Pointer(frame.Start), PageSize.Bytes).Slice(0, area.Length).CopyTo(area);

    /// <summary>Takes over the beginning of an area; the rest is as after a reset. The caller has looked at its header.</summary>
    internal static void ImportArea(Mfn frame, ReadOnlySpan<byte> area)
    {
        byte* page = DirectMap.Pointer(frame.Start);
        Instructions.ClearPage(page);
        area.CopyTo(new Span<byte>(page, PageSize.Bytes));
        *(uint*)(page + Mxcsr) &= KnownMxcsr;
    }

    /// <summary>The part of the state that FXSAVE writes.</summary>
    internal static void Export(Mfn frame, ref Bytes512 image) => image = *(Bytes512*)DirectMap.Pointer(frame.Start);

    internal static void Save(Mfn frame)
    {
        ulong mask = Root.Of<State>().Mask;
        if (mask != 0)
        {
            LoadFeatures(mask);
            Instructions.XSave(DirectMap.Pointer(frame.Start), CpuBlock.Current, mask);
        }
        else
        {
            Instructions.SaveVectors(DirectMap.Pointer(frame.Start), CpuBlock.Current);
        }
    }

    /// <summary>All of the state comes and goes, whatever part of it the guest has switched on: none of it is another's.</summary>
    internal static void Restore(Mfn frame, ulong features)
    {
        ulong mask = Root.Of<State>().Mask;
        if (mask == 0)
        {
            Instructions.RestoreVectors(DirectMap.Pointer(frame.Start), CpuBlock.Current);
            return;
        }

        LoadFeatures(mask);
        if (Instructions.XRestore(DirectMap.Pointer(frame.Start), CpuBlock.Current, mask) == 0)
        {
            Reset(frame);
            Instructions.XRestore(DirectMap.Pointer(frame.Start), CpuBlock.Current, mask);
        }

        LoadFeatures(features);
    }
}
