using System;
using System.Diagnostics.CodeAnalysis;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>What the firmware's tables say about the hardware. All zero when there is no ACPI; each part is zero when its table is missing or bad.</summary>
public struct AcpiFacts
{
    private Fixed4096<AcpiCpu> _cpus;
    private Fixed64<AcpiIoApic> _ioApics;
    private Fixed16<AcpiOverride> _overrides;
    private Fixed64<AcpiNmi> _nmis;
    private Fixed64<PciSegment> _pciSegments;
    private int _cpuCount;
    private int _ioApicCount;
    private int _overrideCount;
    private int _nmiCount;
    private int _pciSegmentCount;

    /// <summary>Which APIC ids are in the list of CPUs.</summary>
    internal ApicIdSet KnownIds;

    /// <summary>Fixed hardware: timer, sleep, reset.</summary>
    public FixedHardware Fixed;

    /// <summary>Nodes of memory and CPUs.</summary>
    public NumaFacts Numa;

    /// <summary>True when a root pointer and a list of tables were found.</summary>
    public bool IsPresent { get; internal set; }

    /// <summary>True when the interrupt controllers are described (the MADT was good).</summary>
    public bool HasInterruptModel { get; internal set; }

    /// <summary>Where the local APICs lie; zero when unknown.</summary>
    public MachineAddress LocalApic { get; internal set; }

    /// <summary>True when there are 8259 controllers that must be masked.</summary>
    public bool HasLegacyPics { get; internal set; }

    /// <summary>CPUs that the firmware says may be added later.</summary>
    public int AbsentCpus { get; internal set; }

    /// <summary>Entries that did not fit or made no sense.</summary>
    public uint Lost { get; internal set; }

    /// <summary>Where the HPET lies; zero when there is none.</summary>
    public MachineAddress Hpet { get; internal set; }

    /// <summary>The HPET's own number for its hardware.</summary>
    public uint HpetId { get; internal set; }

    /// <summary>CPUs that can be used, in the order of the tables.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<AcpiCpu> Cpus => _cpus.ReadOnly.Slice(0, _cpuCount);

    /// <summary>I/O APICs.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<AcpiIoApic> IoApics => _ioApics.ReadOnly.Slice(0, _ioApicCount);

    /// <summary>ISA interrupts that are not wired one to one.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<AcpiOverride> Overrides => _overrides.ReadOnly.Slice(0, _overrideCount);

    /// <summary>Non-maskable interrupt lines.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<AcpiNmi> Nmis => _nmis.ReadOnly.Slice(0, _nmiCount);

    /// <summary>PCI configuration space in memory.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<PciSegment> PciSegments => _pciSegments.ReadOnly.Slice(0, _pciSegmentCount);

    /// <summary>Where an ISA interrupt arrives, and how.</summary>
    public readonly AcpiOverride IsaInterrupt(byte irq)
    {
        foreach (AcpiOverride entry in Overrides)
        {
            if (entry.Irq == irq)
            {
                return entry;
            }
        }

        return new AcpiOverride(irq, irq, 0);
    }

    /// <summary>The number of the CPU with an APIC id, or -1.</summary>
    /// <param name="apicId">The id.</param>
    /// <param name="near">Where to look first: tables mostly have one order.</param>
    public readonly int FindCpu(uint apicId, int near = 0)
    {
        for (int i = 0; i < _cpuCount; i++)
        {
            int index = (near + i) % _cpuCount;
            if (_cpus.ReadOnly[index].ApicId == apicId)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Adds a CPU unless its APIC id is known already.</summary>
    internal void AddCpu(uint apicId, uint acpiId)
    {
        bool isNew = ApicIdSet.Holds(apicId) ? KnownIds.Add(apicId) : FindCpu(apicId) < 0;
        if (!isNew)
        {
            return;
        }

        if (_cpuCount == _cpus.ReadOnly.Length - 1)
        {
            Lost++;
            return;
        }

        _cpus[_cpuCount++] = new AcpiCpu(apicId, acpiId);
    }

    /// <summary>Says to which node a CPU belongs.</summary>
    internal void SetNode(int cpu, uint proximity) => _cpus[cpu].Proximity = proximity;

    internal void Add(AcpiIoApic entry)
    {
        if (!Overflows(_ioApicCount, _ioApics.ReadOnly.Length))
        {
            _ioApics[_ioApicCount++] = entry;
        }
    }

    internal void Add(AcpiOverride entry)
    {
        if (!Overflows(_overrideCount, _overrides.ReadOnly.Length))
        {
            _overrides[_overrideCount++] = entry;
        }
    }

    internal void Add(AcpiNmi entry)
    {
        if (!Overflows(_nmiCount, _nmis.ReadOnly.Length))
        {
            _nmis[_nmiCount++] = entry;
        }
    }

    internal void Add(PciSegment entry)
    {
        if (!Overflows(_pciSegmentCount, _pciSegments.ReadOnly.Length))
        {
            _pciSegments[_pciSegmentCount++] = entry;
        }
    }

    private bool Overflows(int count, int capacity)
    {
        bool isFull = count == capacity;
        Lost += isFull ? 1u : 0;
        return isFull;
    }
}
