using Sharpen.Machine.Collections;

namespace Sharpen.Machine.Memory;

/// <summary>Entries of level 1 that are gone from a domain's tables, but hold frames of others until no CPU remembers them.</summary>
/// <remarks>Under the domain's lock; empty when it is released.</remarks>
internal struct ReplacedEntries
{
    private Fixed32<ulong> _entries;
    private int _count;

    /// <summary>True when none waits.</summary>
    internal readonly bool IsEmpty => _count == 0;

    /// <summary>True when all must go before there can be another.</summary>
    internal readonly bool IsFull => _count == Fixed32<ulong>.Length;

    /// <summary>One more.</summary>
    internal void Add(ulong entry)
    {
        _entries[_count] = entry;
        _count++;
    }

    /// <summary>Gives up what they hold: no CPU remembers any.</summary>
    internal void GiveUp()
    {
        for (int index = 0; index < _count; index++)
        {
            GuestTables.Forget(_entries[index]);
        }

        _count = 0;
    }
}
