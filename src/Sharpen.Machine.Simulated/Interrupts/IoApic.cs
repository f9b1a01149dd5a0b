using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Interrupts;

/// <summary>A simulated I/O interrupt controller of 24 pins.</summary>
public readonly struct IoApic
{
    private readonly DeviceWindow _registers;
    private readonly uint _firstInterrupt;

    private IoApic(DeviceWindow registers, uint firstInterrupt)
    {
        _registers = registers;
        _firstInterrupt = firstInterrupt;
    }

    /// <summary>Opens a controller.</summary>
    public static IoApic Open(MachineAddress registers, uint firstInterrupt) => new(DeviceWindow.Open(registers, PageSize.Bytes), firstInterrupt);

    /// <summary>False where nothing can be mapped.</summary>
    public bool Answers => _registers.IsOpen;

    /// <summary>How many pins it has.</summary>
    public uint Pins => 24;

    /// <summary>True when a global interrupt number is one of its pins.</summary>
    public bool Serves(uint globalInterrupt) => globalInterrupt >= _firstInterrupt && globalInterrupt - _firstInterrupt < Pins;

    /// <summary>Sends a pin's interrupts to one CPU.</summary>
    public void Route(uint globalInterrupt, byte vector, uint apicId, bool level, bool activeLow, bool masked)
    {
        SimulatedMachine.Current.Pins[globalInterrupt] = new SimulatedPin(vector, apicId, level, activeLow, masked);
        SimulatedMachine.Current.Reassert(globalInterrupt);
    }

    /// <summary>The same, without a change of CPU.</summary>
    public void Control(uint globalInterrupt, byte vector, bool level, bool activeLow, bool masked)
    {
        uint apicId = SimulatedMachine.Current.Pins.TryGetValue(globalInterrupt, out SimulatedPin? pin) ? pin.ApicId : 0;
        Route(globalInterrupt, vector, apicId, level, activeLow, masked);
    }

    /// <summary>A simulated CPU ends an interrupt at once.</summary>
    public bool IsInService(uint globalInterrupt) => globalInterrupt == uint.MaxValue;

    /// <summary>The version register; zero for others.</summary>
    public uint Look(byte register) => register == 1 ? 0x170020u : 0;
}
