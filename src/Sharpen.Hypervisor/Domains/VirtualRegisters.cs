namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// Registers that a PV kernel believes it has: the CPU never holds them, and what is written to them acts through software. Of the
/// vCPU that this CPU serves, or one that runs nowhere.
/// </summary>
public struct VirtualRegisters
{
    /// <summary>The bits of CR4 that its kernel has chosen, of those that it may choose.</summary>
    public ulong Cr4;

    /// <summary>The privilege that a use of ports takes, 0 to 3. Source: <c>physdev.h</c>, <c>PHYSDEVOP_set_iopl</c>.</summary>
    public byte IoPrivilege;

    /// <summary>Ports that user code may use although its privilege does not say so: how many bits <see cref="IoBitmap"/> has; at most 65,536.</summary>
    public uint IoBitmapPorts;

    /// <summary>Where those bits are in the kernel's memory; a port whose bit is clear may be used. Any number.</summary>
    public ulong IoBitmap;
}
