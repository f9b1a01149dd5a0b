using Sharpen.Abi;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Guest;

/// <summary>The guest half of the simulated CPU that this thread plays.</summary>
public static class GuestCpu
{
    /// <summary>The live registers of the guest that this CPU is serving.</summary>
    public static ref CpuUserRegisters Registers => ref SimulatedMachine.Current.GuestRegisters;

    /// <summary>Where the guest's last page fault was, as the simulation says.</summary>
    public static GuestLinear FaultAddress => SimulatedMachine.Current.GuestFaultAddress;

    /// <summary>Sets a segment base of the guest on this CPU. False: there is no such base.</summary>
    public static bool TrySetBase(SegmentBase which, GuestLinear address) => which <= SegmentBase.GsKernel && address.IsCanonical;

    /// <summary>Puts a vCPU on this CPU, which was idle.</summary>
    public static void Load(ref VcpuContext to) => Registers = to.Registers;

    /// <summary>Takes the vCPU off this CPU, which becomes idle.</summary>
    public static void Park(ref VcpuContext from) => from.Registers = Registers;

    /// <summary>Replaces one vCPU by another.</summary>
    public static void Switch(ref VcpuContext from, ref VcpuContext to)
    {
        Park(ref from);
        Load(ref to);
    }
}
