namespace Sharpen.Machine.Cpu;

/// <summary>Model-specific registers of the host that policy may show to guests. Only to read: Machine alone writes them.</summary>
public static class HostRegisters
{
    /// <summary>Reads a register of this CPU. False: the CPU has none of this number.</summary>
    public static bool TryRead(uint number, out ulong value) => Msr.TryRead(number, out value);
}
