using Sharpen.Abi;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>The assists that a 64-bit PV guest may ask for; those for what such a guest cannot do change nothing, but are not refused.</summary>
internal static class VmAssists
{
    private const ulong Known = (1UL << (int)VmAssistKind.FourGigabyteSegments) | (1UL << (int)VmAssistKind.FourGigabyteSegmentsNotify)
        | (1UL << (int)VmAssistKind.WritablePageTables) | (1UL << (int)VmAssistKind.PaeExtendedCr3) | (1UL << (int)VmAssistKind.ArchitecturalIopl)
        | (1UL << (int)VmAssistKind.RunstateUpdateFlag) | (1UL << (int)VmAssistKind.M2pStrict);

    /// <summary>The bit in <see cref="Domains.Domain.Assists"/>. False: there is no such assist.</summary>
    internal static bool TryBit(ulong kind, out ulong bit)
    {
        uint number = unchecked((uint)kind);
        bit = number < 64 ? Known & (1UL << (int)number) : 0;
        return bit != 0;
    }
}
