using System;
using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Features;

/// <summary>
/// Cuts what a toolstack wants CPUID to tell a domain down to what the host offers to PV guests, and takes away what makes no sense without what
/// is missing. Facts that are no features, such as a family, a name or the size of a cache, stay as they were given.
/// </summary>
internal static class CpuidLimits
{
    private const uint First = 1;
    private const uint Structured = 7;
    private const uint State = 0xd;
    private const uint Extended = 0x8000_0000;
    private const uint ExtendedFirst = 0x8000_0001;
    private const uint Power = 0x8000_0007;
    private const uint Sizes = 0x8000_0008;
    private const uint Speculation = 0x8000_0021;
    private const uint Facts = 0x00ff_00ff;                             // of the first leaf's ebx: the number of logical CPUs and the brand
    private const uint LineBytes = 0x0000_ff00;
    private const uint Xsave = 1U << 26;
    private const uint OsXsave = 1U << 27;
    private const uint Avx = 1U << 28;
    private const uint NeedsAvx = (1U << 12) | (1U << 29);              // FMA, F16C
    private const uint Avx2 = 1U << 5;
    private const uint VectorCodes = (1U << 9) | (1U << 10);            // VAES, VPCLMULQDQ

    /// <summary>Cuts all of it.</summary>
    internal static void Apply(in CpuidCaller guest, ref CpuidTable table)
    {
        CutFirst(in guest, ref table);
        CutStructured(ref table);
        CutExtended(in guest, ref table);
        for (uint leaf = 0; leaf <= State; leaf++)
        {
            bool isGiven = leaf is 0 or 1 or Structured || (leaf is 2 or 4 && !CpuidPolicy.IsAmd);
            for (uint subleaf = 0; !isGiven && subleaf < 64; subleaf++)
            {
                table.TryWrite(leaf, subleaf, CpuidPolicy.Query(in guest, leaf, subleaf));
            }
        }

        CutStates(ref table);
    }

    private static void CutStates(ref CpuidTable table)
    {
        const uint AvxState = 4;
        uint features = table.Read(First, 0).Ecx;
        uint offered = (features & Xsave) == 0 ? 0 : (features & Avx) == 0 ? ExtendedStates.Known & ~AvxState : ExtendedStates.Known;
        for (uint subleaf = 0; subleaf < 64; subleaf++)
        {
            table.TryWrite(State, subleaf, offered == 0 ? default : ExtendedStates.Query(0, subleaf, offered));
        }
    }

    private static void CutFirst(in CpuidCaller guest, ref CpuidTable table)
    {
        Cpuid offered = CpuidPolicy.Query(in guest, 0, 0);
        Cpuid wanted = table.Read(0, 0);
        table.TryWrite(0, 0, new Cpuid(Math.Min(wanted.Eax, offered.Eax), offered.Ebx, offered.Ecx, offered.Edx));
        offered = CpuidPolicy.Query(in guest, First, 0);
        wanted = table.Read(First, 0);
        uint ecx = wanted.Ecx & offered.Ecx & ~OsXsave;
        ecx |= (ecx & Xsave) != 0 ? offered.Ecx & OsXsave : 0;
        ecx &= (ecx & Xsave) != 0 ? uint.MaxValue : ~Avx;
        ecx &= (ecx & Avx) != 0 ? uint.MaxValue : ~NeedsAvx;
        table.TryWrite(First, 0, new Cpuid(wanted.Eax, (wanted.Ebx & Facts) | (offered.Ebx & LineBytes), ecx, wanted.Edx & offered.Edx));
    }

    private static void CutStructured(ref CpuidTable table)
    {
        bool hasAvx = (table.Read(First, 0).Ecx & Avx) != 0;
        for (uint subleaf = 0; subleaf <= 2; subleaf++)
        {
            Cpuid offered = CpuidPolicy.Structured(subleaf);
            Cpuid wanted = table.Read(Structured, subleaf);
            uint eax = subleaf == 0 ? Math.Min(wanted.Eax, offered.Eax) : wanted.Eax & offered.Eax;
            uint ebx = wanted.Ebx & offered.Ebx & (hasAvx || subleaf != 0 ? uint.MaxValue : ~Avx2);
            uint ecx = wanted.Ecx & offered.Ecx & (hasAvx || subleaf != 0 ? uint.MaxValue : ~VectorCodes);
            table.TryWrite(Structured, subleaf, new Cpuid(eax, ebx, ecx, wanted.Edx & offered.Edx));
        }
    }

    private static void CutExtended(in CpuidCaller guest, ref CpuidTable table)
    {
        Cpuid offered = CpuidPolicy.Query(in guest, Extended, 0);
        Cpuid wanted = table.Read(Extended, 0);
        table.TryWrite(Extended, 0, new Cpuid(Math.Min(wanted.Eax, offered.Eax), offered.Ebx, offered.Ecx, offered.Edx));
        offered = CpuidPolicy.Query(in guest, ExtendedFirst, 0);
        wanted = table.Read(ExtendedFirst, 0);
        uint repeated = CpuidPolicy.Repeated(uint.MaxValue);
        uint edx = (wanted.Edx & offered.Edx & ~repeated) | CpuidPolicy.Repeated(table.Read(First, 0).Edx);
        table.TryWrite(ExtendedFirst, 0, new Cpuid(wanted.Eax, wanted.Ebx, wanted.Ecx & offered.Ecx, edx));
        Cut(in guest, ref table, Power);
        offered = CpuidPolicy.Query(in guest, Sizes, 0);
        wanted = table.Read(Sizes, 0);
        table.TryWrite(Sizes, 0, new Cpuid(offered.Eax, wanted.Ebx & offered.Ebx, wanted.Ecx, 0));
        Cut(in guest, ref table, Speculation);
    }

    private static void Cut(in CpuidCaller guest, ref CpuidTable table, uint leaf)
    {
        Cpuid offered = CpuidPolicy.Query(in guest, leaf, 0);
        Cpuid wanted = table.Read(leaf, 0);
        table.TryWrite(leaf, 0, new Cpuid(wanted.Eax & offered.Eax, wanted.Ebx & offered.Ebx, wanted.Ecx & offered.Ecx, wanted.Edx & offered.Edx));
    }
}
