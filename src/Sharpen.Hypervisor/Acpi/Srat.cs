using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>Which CPUs and memory are near to each other.</summary>
/// <remarks>Source: ACPI specification, "System Resource Affinity Table".</remarks>
internal static class Srat
{
    private const int HeadBytes = 48;
    private const uint Enabled = 1;
    private const uint HotPluggable = 2;

    /// <summary>Reads all entries; CPUs must be known already.</summary>
    internal static void Read(in ByteFields table, ref AcpiFacts facts)
    {
        int near = 0;
        int at = HeadBytes;
        while (table.Has(at, 2))
        {
            int length = table.U8(at + 1);
            if (length < 2 || !table.Has(at, length))
            {
                facts.Lost++;
                return;
            }

            ReadEntry(table.Part(at, length), ref near, ref facts);
            at += length;
        }
    }

    private static void ReadEntry(in ByteFields entry, ref int near, ref AcpiFacts facts)
    {
        switch (entry.U8(0), entry.Length)
        {
            case (0, >= 16) when (entry.U32(4) & Enabled) != 0:
                uint high = entry.U8(9) | ((uint)entry.U8(10) << 8) | ((uint)entry.U8(11) << 16);
                SetNode(entry.U8(3), entry.U8(2) | (high << 8), ref near, ref facts);
                break;
            case (1, >= 40) when (entry.U32(28) & Enabled) != 0:
                AddMemory(in entry, ref facts);
                break;
            case (2, >= 24) when (entry.U32(12) & Enabled) != 0:
                SetNode(entry.U32(8), entry.U32(4), ref near, ref facts);
                break;
            default:
                break;
        }
    }

    private static void SetNode(uint apicId, uint proximity, ref int near, ref AcpiFacts facts)
    {
        int cpu = facts.FindCpu(apicId, near);
        if (cpu >= 0)
        {
            facts.SetNode(cpu, proximity);
            near = cpu + 1;
        }
    }

    private static void AddMemory(in ByteFields entry, ref AcpiFacts facts)
    {
        ulong start = entry.U64(8);
        ulong bytes = entry.U64(16);
        bool isSane = bytes != 0 && bytes <= ulong.MaxValue - start;
        bool isHotPluggable = (entry.U32(28) & HotPluggable) != 0;
        if (!isSane || !facts.Numa.TryAdd(new NumaRange(new MachineAddress(start), bytes, entry.U32(2), isHotPluggable)))
        {
            facts.Lost++;
        }
    }
}
