using System;
using Sharpen.Abi;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>What a PV domain is to be: its files, its size, its rights. The spans are a stranger's bytes.</summary>
public ref struct DomainPlan
{
    /// <summary>A free id.</summary>
    public DomainId Id;

    /// <summary>For people.</summary>
    public ReadOnlySpan<byte> Name;

    /// <summary>The kernel, an ELF file.</summary>
    public ReadOnlySpan<byte> Kernel;

    /// <summary>Where the kernel lies in memory that bring-up holds, so that the domain may have the memory itself; 0: it is copied.</summary>
    public MachineAddress KernelPlace;

    /// <summary>The kernel's command line.</summary>
    public ReadOnlySpan<byte> Line;

    /// <summary>The initial ramdisk as the kernel is to find it, or empty.</summary>
    public ReadOnlySpan<byte> Ramdisk;

    /// <summary>The same of the ramdisk.</summary>
    public MachineAddress RamdiskPlace;

    /// <summary>How many pages it gets.</summary>
    public ulong Pages;

    /// <summary>How many pages it may ever have; 0: no limit.</summary>
    public ulong MostPages;

    /// <summary>The screen, when <see cref="HasScreen"/>.</summary>
    public VgaConsoleInfo Screen;

    /// <summary>Its kernel is told of a screen that it may draw on.</summary>
    public bool HasScreen;

    /// <summary>How many vCPUs it may bring up.</summary>
    public int Vcpus;

    /// <summary>Its share of CPU time.</summary>
    public int Weight;

    /// <summary>It stands for the host and owns the hardware: when it stops, the host does.</summary>
    public bool IsHardware;

    /// <summary>It may control the host and other domains.</summary>
    public bool IsPrivileged;
}
