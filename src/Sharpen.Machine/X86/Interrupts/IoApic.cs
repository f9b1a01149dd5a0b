using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Interrupts;

/// <summary>One I/O interrupt controller. Source: Intel 82093AA data sheet.</summary>
public readonly struct IoApic
{
    private const int Select = 0x00;
    private const int Data = 0x10;
    private const uint VersionRegister = 1;
    private const uint FirstEntry = 0x10;
    private const uint Masked = 1 << 16;
    private const uint LevelTriggered = 1 << 15;
    private const uint InService = 1 << 14;
    private const uint ActiveLow = 1 << 13;

    private readonly DeviceWindow _registers;
    private readonly uint _firstInterrupt;

    private IoApic(DeviceWindow registers, uint firstInterrupt)
    {
        _registers = registers;
        _firstInterrupt = firstInterrupt;
    }

    /// <summary>Opens a controller and masks all its pins.</summary>
    /// <param name="registers">Where it is.</param>
    /// <param name="firstInterrupt">The global interrupt number of its first pin.</param>
    public static IoApic Open(MachineAddress registers, uint firstInterrupt)
    {
        IoApic apic = new(DeviceWindow.Open(registers, PageSize.Bytes), firstInterrupt);
        for (uint pin = 0; pin < apic.Pins; pin++)
        {
            apic.Write(FirstEntry + (2 * pin), Masked);
        }

        return apic;
    }

    /// <summary>False where nothing can be mapped, or nothing is.</summary>
    public bool Answers => _registers.IsOpen && Read(VersionRegister) != uint.MaxValue;

    /// <summary>How many pins it has.</summary>
    public uint Pins => ((Read(VersionRegister) >> 16) & 0xff) + 1;

    /// <summary>True when a global interrupt number is one of its pins.</summary>
    public bool Serves(uint globalInterrupt) => globalInterrupt >= _firstInterrupt && globalInterrupt - _firstInterrupt < Pins;

    /// <summary>Sends a pin's interrupts to one CPU. The pin must be one that it <see cref="Serves"/>; whoever calls holds the lock of its lines.</summary>
    public void Route(uint globalInterrupt, byte vector, uint apicId, bool level, bool activeLow, bool masked)
    {
        Write(EntryOf(globalInterrupt), Masked);
        Write(EntryOf(globalInterrupt) + 1, apicId << 24);
        Control(globalInterrupt, vector, level, activeLow, masked);
    }

    /// <summary>The same, without a change of CPU: one write.</summary>
    public void Control(uint globalInterrupt, byte vector, bool level, bool activeLow, bool masked) =>
        Write(EntryOf(globalInterrupt), vector | (level ? LevelTriggered : 0) | (activeLow ? ActiveLow : 0) | (masked ? Masked : 0));

    /// <summary>True while a CPU has taken a level interrupt of the pin and not ended it.</summary>
    public bool IsInService(uint globalInterrupt) => (Read(EntryOf(globalInterrupt)) & InService) != 0;

    /// <summary>What a register holds, for one who may look.</summary>
    /// <param name="register">Its number, 0 to 255.</param>
    public uint Look(byte register) => Read(register);

    private uint EntryOf(uint globalInterrupt) => FirstEntry + (2 * (globalInterrupt - _firstInterrupt));

    private uint Read(uint register)
    {
        _registers.Write32(Select, register);
        return _registers.Read32(Data);
    }

    private void Write(uint register, uint value)
    {
        _registers.Write32(Select, register);
        _registers.Write32(Data, value);
    }
}
