using Sharpen.Abi;

namespace Sharpen.Machine.Guest;

/// <summary>
/// What a vCPU takes with it from one CPU to the next. While the vCPU runs, or its CPU serves it, the live registers are
/// in <see cref="GuestCpu.Registers"/> and these are stale.
/// </summary>
public struct VcpuContext
{
    /// <summary>The general registers as they were when the vCPU last left a CPU.</summary>
    public CpuUserRegisters Registers;

    /// <summary>The base of fs.</summary>
    public GuestLinear FsBase;

    /// <summary>The base of gs while the guest's kernel runs.</summary>
    public GuestLinear GsBaseKernel;

    /// <summary>The base of gs while the guest's user code runs.</summary>
    public GuestLinear GsBaseUser;

    /// <summary>True when a selector in <see cref="Registers"/> could not be loaded, and null was: its kernel is to be told.</summary>
    public bool HasLostSelector;

    /// <summary>What RDTSCP and RDPID give its programs beside the time; see <see cref="GuestCpu.SetTscAux"/>.</summary>
    public uint TscAux;

    /// <summary>Its code that reads the time stamp counter faults; see <see cref="GuestCpu.SetTimeHidden"/>.</summary>
    public bool HidesTime;

    /// <summary>What else the machine keeps for it.</summary>
    internal VcpuHardware Hardware;
}
