using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>A set of small APIC ids, so that thousands of table entries need no search each.</summary>
internal struct ApicIdSet
{
    private Fixed512<ulong> _bits;

    /// <summary>True when the set can hold the id.</summary>
    internal static bool Holds(uint apicId) => apicId < Fixed512<ulong>.Length * 64;

    /// <summary>Adds an id that the set can hold; false when it was there.</summary>
    internal bool Add(uint apicId)
    {
        ref ulong word = ref _bits[(int)(apicId / 64)];
        ulong bit = 1UL << (int)(apicId % 64);
        bool isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }
}
