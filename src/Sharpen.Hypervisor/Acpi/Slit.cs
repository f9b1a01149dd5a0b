using Sharpen.Machine.Collections;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>How far nodes are from each other.</summary>
/// <remarks>Source: ACPI specification, "System Locality Distance Information Table".</remarks>
internal static class Slit
{
    private const int HeadBytes = 44;

    /// <summary>Reads the matrix; one that is too large, does not fit its table or says that a node is not at itself is refused whole.</summary>
    internal static void Read(in ByteFields table, ref AcpiFacts facts)
    {
        ulong nodes = table.U64(36);
        if (nodes > NumaFacts.MaxNodes || !table.Has(HeadBytes, (int)(nodes * nodes)))
        {
            facts.Lost++;
            return;
        }

        int count = (int)nodes;
        for (int i = 0; i < count * count; i++)
        {
            byte distance = table.U8(HeadBytes + i);
            bool isSelf = i / count == i % count;
            if (isSelf ? distance != NumaFacts.LocalDistance : distance < NumaFacts.LocalDistance)
            {
                facts.Lost++;
                return;
            }

            facts.Numa.SetDistance(i / count, i % count, distance);
        }

        facts.Numa.DistanceCount = count;
    }
}
