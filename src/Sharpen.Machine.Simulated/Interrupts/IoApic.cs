using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Interrupts;

/// <summary>A simulated I/O interrupt controller of 24 pins that remembers nothing.</summary>
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

    /// <summary>Nothing to do.</summary>
    public void Route(uint globalInterrupt, Vector vector, uint apicId, bool level, bool activeLow) =>
        _ = (globalInterrupt, vector, apicId, level, activeLow);
}
