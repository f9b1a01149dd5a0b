namespace Sharpen.Machine.Cpu;

/// <summary>Faults that are expected happen only in stubs, which name where to go on.</summary>
internal static unsafe class Fixups
{
    /// <summary>Where a fault at this address continues, or 0 when it is a bug.</summary>
    internal static ulong ContinuationOf(ulong address)
    {
        for (ulong* entry = (ulong*)Symbols.FixupsStart; entry < (ulong*)Symbols.FixupsEnd; entry += 2)
        {
            if (entry[0] == address)
            {
                return entry[1];
            }
        }

        return 0;
    }
}
